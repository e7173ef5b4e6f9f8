import type { Incident } from '#features/provider-health/index.ts'
import { type Translate, translator } from '#i18n/translator.ts'
import { minute } from '#kernel/duration.ts'
import type { Locale } from '#kernel/locale.ts'
import { type Mail, mail } from '#ui/mail-layout.tsx'
import { alertMessages } from './messages.ts'

type ReasonKey = Extract<keyof (typeof alertMessages)['de'], `reason.${string}`>

/** Partial, since a newer version may have stored a reason that is not listed here. */
const reasonKeys: Readonly<Partial<Record<string, ReasonKey>>> = {
  unreachable: 'reason.unreachable',
  slow: 'reason.slow',
  nonsense: 'reason.nonsense',
  error: 'reason.error',
  refused: 'reason.refused',
  clock: 'reason.clock',
  'unreachable-here': 'reason.unreachable-here',
  'not-returned': 'reason.not-returned',
  cancelled: 'reason.other',
  expired: 'reason.other',
  'not-this-browser': 'reason.other',
  'cookies-blocked': 'reason.other',
  disabled: 'reason.other',
} satisfies Record<Incident['reason'], ReasonKey>

/** An incident of a network. Times are in milliseconds since 1970. */
export function incidentEmail(props: {
  locale: Locale
  change: 'began' | 'turned' | 'ended'
  network: string
  reason: string
  since: number
  now: number
  link: string
}): Mail {
  const { locale, change, network } = props
  const t = translator(alertMessages, locale)
  // With the time zone, since the reader's own is unknown.
  const since = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'long' }).format(props.since)
  const reason = t(reasonKeys[props.reason] ?? 'reason.other')
  const minutes = Math.max(1, Math.round((props.now - props.since) / minute))
  const words = t(`incident.${change}.words`, { network, since, reason, minutes })
  return mail({
    ...frame(t, locale, props.link),
    subject: t(`incident.${change}.subject`, { network }),
    paragraphs: change === 'ended' ? [words] : [words, t('incident.meanwhile')],
  })
}

/** New findings of the daily check. */
export function findingsEmail({ locale, network, link }: { locale: Locale; network: string; link: string }): Mail {
  const t = translator(alertMessages, locale)
  return mail({
    ...frame(t, locale, link),
    subject: t('findings.subject', { network }),
    paragraphs: [t('findings.words', { network })],
  })
}

function frame(t: Translate<'open' | 'why-me'>, locale: Locale, link: string) {
  return { locale, action: { label: t('open'), link }, otherwise: t('why-me') }
}
