import { translator } from '#i18n/translator.ts'
import type { Locale } from '#kernel/locale.ts'
import { type Mail, mail } from '#ui/mail-layout.tsx'
import { recoveryMessages } from '../messages.ts'

/** For a profile without a password: the link sets one and proves the address. `networks` are names of linked networks. */
export function firstPasswordEmail(props: {
  locale: Locale
  link: string
  hours: number
  networks: readonly string[]
}): Mail {
  const { locale, link } = props
  const t = translator(recoveryMessages, locale)
  const networks = new Intl.ListFormat(locale).format(props.networks)
  return mail({
    locale,
    subject: t('mail.first.subject'),
    paragraphs: [
      networks ? t('mail.first.words', { networks }) : t('mail.first.words-plain'),
      t('mail.valid', { hours: props.hours }),
    ],
    action: { label: t('mail.first.button'), link },
    otherwise: t('mail.nothing-changed'),
  })
}
