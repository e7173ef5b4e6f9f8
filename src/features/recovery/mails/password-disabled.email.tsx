import { translator } from '#i18n/translator.ts'
import type { Locale } from '#kernel/locale.ts'
import { type Mail, mail } from '#ui/mail-layout.tsx'
import { recoveryMessages } from '../messages.ts'

/** The password was disabled after a hundred failures. `link` sets a new one. */
export function passwordDisabledEmail(props: { locale: Locale; link: string; hours: number }): Mail {
  const { locale, link } = props
  const t = translator(recoveryMessages, locale)
  return mail({
    locale,
    subject: t('mail.locked.subject'),
    paragraphs: [t('mail.locked.words'), t('mail.valid', { hours: props.hours })],
    action: { label: t('mail.locked.button'), link },
    otherwise: t('mail.locked.otherwise'),
  })
}
