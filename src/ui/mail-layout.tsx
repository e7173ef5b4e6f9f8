import { renderToString } from 'preact-render-to-string'
import { translator } from '#i18n/translator.ts'
import type { Locale } from '#kernel/locale.ts'
import { uiMessages } from './messages.ts'
import { paths } from './paths.ts'

/** A mail ready for the outbox. */
export type Mail = { subject: string; html: string; text: string }

export type MailContent = {
  locale: Locale
  /** Must not contain user input. */
  subject: string
  /** What happened and what to do. */
  paragraphs: readonly string[]
  action: { label: string; link: string }
  /** What to do if the reader did not cause the mail. */
  otherwise: string
}

/**
 * A plain mail: one column, one button, the same link as text. It contains no user input, because mail programs turn
 * anything that looks like a URL into a link.
 */
export function mail(content: MailContent): Mail {
  const t = translator(uiMessages, content.locale)
  const sender = t('mail.sender', { host: new URL(content.action.link).host })
  // The origin is taken from the action's link, since all links lead to our own origin.
  const help = new URL(paths.helpSignIn, content.action.link).href
  const text = [
    ...content.paragraphs,
    `${content.action.label}:\n${content.action.link}`,
    content.otherwise,
    `${t('mail.help')}\n${help}`,
    `-- \n${sender}`,
  ].join('\n\n')
  const html = renderToString(
    <Letter {...content} also={t('mail.link-also')} help={{ words: t('mail.help'), link: help }} sender={sender} />,
  )
  return { subject: content.subject, html: `<!doctype html>${html}`, text: `${text}\n` }
}

const paragraph = 'margin:0 0 16px;font-size:17px;line-height:1.5'
// A medium green on a transparent background: readable even if the mail program inverts colours.
const button =
  'display:inline-block;padding:13px 24px;border-radius:12px;background:#0B6B53;color:#FFFFFF;font-size:17px;font-weight:600;text-decoration:none'

type Notes = { also: string; help: { words: string; link: string }; sender: string }

function Letter(props: MailContent & Notes) {
  const small = 'margin:0 0 12px;font-size:14px;line-height:1.5;opacity:.8'
  return (
    <html lang={props.locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{props.subject}</title>
      </head>
      <body style="margin:0;padding:24px 16px;font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif">
        <main style="max-width:520px;margin:0 auto">
          <p style={`${small};margin-bottom:24px`}>Einlass</p>
          <h1 style="margin:0 0 16px;font-size:24px;line-height:1.25;font-weight:600">{props.subject}</h1>
          {props.paragraphs.map((words) => (
            <p key={words} style={paragraph}>
              {words}
            </p>
          ))}
          <p style="margin:24px 0">
            <a href={props.action.link} style={button}>
              {props.action.label}
            </a>
          </p>
          <p style={paragraph}>{props.otherwise}</p>
          <p style={`${small};margin-top:32px`}>
            {props.also}
            <br />
            <a href={props.action.link} style="color:inherit;word-break:break-all">
              {props.action.link}
            </a>
          </p>
          <p style={small}>
            {props.help.words}{' '}
            <a href={props.help.link} style="color:inherit;word-break:break-all">
              {props.help.link}
            </a>
          </p>
          <p style={small}>{props.sender}</p>
        </main>
      </body>
    </html>
  )
}
