import { translator } from '#i18n/translator.ts'
import type { Locale } from '#kernel/locale.ts'
import { type Mail, mail } from '#ui/mail-layout.tsx'
import { recoveryMessages } from '../messages.ts'

/** The link that sets a new password. `hours` is its lifetime. */
export function resetEmail(props: { locale: Locale; link: string; hours: number }): Mail {
  const { locale, link } = props
  const t = translator(recoveryMessages, locale)
  return mail({
    locale,
    subject: t('mail.reset.subject'),
    paragraphs: [t('mail.reset.words'), t('mail.valid', { hours: props.hours })],
    action: { label: t('mail.reset.button'), link },
    otherwise: t('mail.nothing-changed'),
  })
}
