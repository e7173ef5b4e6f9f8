import { translator } from '#i18n/translator.ts'
import type { Locale } from '#kernel/locale.ts'
import { type Mail, mail } from '#ui/mail-layout.tsx'
import { recoveryMessages } from '../messages.ts'

/** The profile is disabled. `link` leads to the help page. */
export function disabledAccountEmail(props: { locale: Locale; link: string }): Mail {
  const { locale, link } = props
  const t = translator(recoveryMessages, locale)
  return mail({
    locale,
    subject: t('mail.disabled.subject'),
    paragraphs: [t('mail.disabled.words'), t('mail.disabled.contact')],
    action: { label: t('mail.disabled.button'), link },
    otherwise: t('mail.nothing-changed'),
  })
}
