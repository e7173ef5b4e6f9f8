import { translator } from '#i18n/translator.ts'
import type { Locale } from '#kernel/locale.ts'
import { type Mail, mail } from '#ui/mail-layout.tsx'
import { signUpMessages } from './messages.ts'

/** Sent when someone signs up with an address that has a profile. `link` leads to the sign-in page. */
export function alreadyRegisteredEmail({ locale, link }: { locale: Locale; link: string }): Mail {
  const t = translator(signUpMessages, locale)
  return mail({
    locale,
    subject: t('mail.registered.subject'),
    paragraphs: [t('mail.registered.words'), t('mail.registered.recover')],
    action: { label: t('mail.registered.button'), link },
    otherwise: t('mail.registered.otherwise'),
  })
}
