import { translator } from '#i18n/translator.ts'
import type { Locale } from '#kernel/locale.ts'
import { type Mail, mail } from '#ui/mail-layout.tsx'
import { paths } from '#ui/paths.ts'
import { operatorMessages } from './messages.ts'

export type OperatorChange = 'granted' | 'revoked'

/** Notice to every proved address. `at` is in milliseconds since 1970. */
export function operatorChangedEmail(props: {
  locale: Locale
  change: OperatorChange
  at: number
  publicUrl: string
}): Mail {
  const { locale, change, publicUrl } = props
  const t = translator(operatorMessages, locale)
  // With the time zone, since the reader's own is unknown.
  const at = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'long' }).format(props.at)
  const link = publicUrl + (change === 'granted' ? paths.console : paths.profile)
  return mail({
    locale,
    subject: t(`mail.${change}.subject`),
    paragraphs: [t(`mail.${change}.words`, { at }), t(`mail.${change}.means`)],
    action: { label: t(`mail.${change}.open`), link },
    otherwise: t('mail.otherwise'),
  })
}
