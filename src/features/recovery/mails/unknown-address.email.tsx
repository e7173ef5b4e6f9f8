import { translator } from '#i18n/translator.ts'
import type { Locale } from '#kernel/locale.ts'
import { type Mail, mail } from '#ui/mail-layout.tsx'
import { recoveryMessages } from '../messages.ts'

/** No profile has this address. `link` leads to sign-up. */
export function unknownAddressEmail(props: { locale: Locale; link: string }): Mail {
  const { locale, link } = props
  const t = translator(recoveryMessages, locale)
  return mail({
    locale,
    subject: t('mail.unknown.subject'),
    paragraphs: [t('mail.unknown.words'), t('mail.unknown.maybe')],
    action: { label: t('mail.unknown.button'), link },
    otherwise: t('mail.unknown.otherwise'),
  })
}
