import { translator } from '#i18n/translator.ts'
import type { Locale } from '#kernel/locale.ts'
import { type Mail, mail } from '#ui/mail-layout.tsx'
import { networkLinkMessages } from './messages.ts'

export type NetworkChange = 'linked' | 'unlinked'

/** Notice to every proved address. `at` is in milliseconds since 1970, `link` starts the recovery. */
export function networkChangedEmail(props: {
  locale: Locale
  change: NetworkChange
  network: string
  at: number
  link: string
}): Mail {
  const { locale, change, network, link } = props
  const t = translator(networkLinkMessages, locale)
  // With the time zone, since the reader's own is unknown.
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'long' })
  return mail({
    locale,
    subject: t(`mail.${change}.subject`, { network }),
    paragraphs: [t(`mail.${change}.words`, { network, at: moment.format(props.at) }), t('mail.fine')],
    action: { label: t('mail.not-me'), link },
    otherwise: t('mail.otherwise'),
  })
}
