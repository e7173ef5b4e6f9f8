import { translator } from '#i18n/translator.ts'
import type { Locale } from '#kernel/locale.ts'
import { type Mail, mail } from '#ui/mail-layout.tsx'
import { networkLinkMessages } from './messages.ts'

/** Asks the owner of a proved address to confirm a network that was linked earlier. */
export function confirmNetworkEmail(props: { locale: Locale; link: string; hours: number; network: string }): Mail {
  const { locale, link, hours, network } = props
  const t = translator(networkLinkMessages, locale)
  return mail({
    locale,
    subject: t('mail.confirm.subject', { network }),
    paragraphs: [t('mail.confirm.words', { network }), t('mail.confirm.valid', { hours })],
    action: { label: t('mail.confirm.button', { network }), link },
    otherwise: t('mail.confirm.otherwise', { network }),
  })
}
