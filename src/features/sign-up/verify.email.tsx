import { translator } from '#i18n/translator.ts'
import type { Locale } from '#kernel/locale.ts'
import { type Mail, mail } from '#ui/mail-layout.tsx'
import { signUpMessages } from './messages.ts'

/** The link that proves a new address. `hours` is its lifetime. */
export function verifyEmail({ locale, link, hours }: { locale: Locale; link: string; hours: number }): Mail {
  const t = translator(signUpMessages, locale)
  return mail({
    locale,
    subject: t('mail.verify.subject'),
    paragraphs: [t('mail.verify.words'), t('mail.verify.valid', { hours })],
    action: { label: t('mail.verify.button'), link },
    otherwise: t('mail.verify.otherwise'),
  })
}
