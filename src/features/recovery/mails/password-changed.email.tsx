import { translator } from '#i18n/translator.ts'
import type { Locale } from '#kernel/locale.ts'
import { type Mail, mail } from '#ui/mail-layout.tsx'
import { recoveryMessages } from '../messages.ts'

/** Notice to every proved address. `at` is in milliseconds since 1970, `link` starts the recovery. */
export function passwordChangedEmail(props: { locale: Locale; link: string; at: number }): Mail {
  const { locale, link } = props
  const t = translator(recoveryMessages, locale)
  // With the time zone, since the reader's own is unknown.
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'long' })
  return mail({
    locale,
    subject: t('mail.changed.subject'),
    paragraphs: [t('mail.changed.words', { at: moment.format(props.at) }), t('mail.changed.fine')],
    action: { label: t('mail.changed.button'), link },
    otherwise: t('mail.changed.otherwise'),
  })
}
