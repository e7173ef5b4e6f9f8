import { translator } from '#i18n/translator.ts'
import type { Locale } from '#kernel/locale.ts'
import { type Mail, mail } from '#ui/mail-layout.tsx'
import { recoveryMessages } from '../messages.ts'

/** The address is only claimed by a profile, through a network, so no link is sent. `link` leads to the sign-in page. */
export function claimedAddressEmail(props: { locale: Locale; link: string; network: string }): Mail {
  const { locale, link } = props
  const t = translator(recoveryMessages, locale)
  return mail({
    locale,
    subject: t('mail.claimed.subject'),
    paragraphs: [
      t('mail.claimed.words', { network: props.network }),
      t('mail.claimed.maybe', { network: props.network }),
    ],
    action: { label: t('mail.claimed.button'), link },
    otherwise: t('mail.claimed.otherwise'),
  })
}
