import { translator } from '#i18n/translator.ts'
import { Layout } from '#ui/layout.tsx'
import { paths } from '#ui/paths.ts'
import { Time } from '#ui/time.tsx'
import type { View } from '#ui/view.ts'
import { developmentMessages } from './messages.ts'

export type ShownMessage = {
  channel: 'email' | 'sms'
  to: string
  subject: string
  text: string
  html: string
  sentAt: number
}

/** `/dev/mailbox`: the messages that would have been sent, newest first. */
export function MailboxPage({ view, messages }: { view: View; messages: readonly ShownMessage[] }) {
  const t = translator(developmentMessages, view.locale)
  return (
    <Layout view={view} title={t('mailbox.title')} wide>
      <p>{t(messages.length > 0 ? 'mailbox.words' : 'mailbox.empty')}</p>
      {messages.map((message) => (
        <article class="card" key={`${message.sentAt} ${message.to}`}>
          <h2>{message.subject || t('mailbox.sms')}</h2>
          <p class="hint">
            {t('mailbox.to', { to: message.to })}, <Time locale={view.locale} at={message.sentAt} />
          </p>
          <pre>
            <Linked text={message.text} />
          </pre>
        </article>
      ))}
      <p class="calls">
        <a href={paths.home}>{t('mailbox.start')}</a>
        <a href={paths.devMailboxJson}>{t('mailbox.json')}</a>
      </p>
    </Layout>
  )
}

function Linked({ text }: { text: string }) {
  // `split` with a capture group puts the matches at odd indexes.
  return <>{text.split(/(https?:\/\/\S+)/).map((part, index) => (index % 2 ? <a href={part}>{part}</a> : part))}</>
}
