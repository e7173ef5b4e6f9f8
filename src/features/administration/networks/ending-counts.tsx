import { translator } from '#i18n/translator.ts'
import type { Locale } from '#kernel/locale.ts'
import { BarChart, type ChartBand, type ChartTone, Legend } from '#ui/chart.tsx'
import { Icon, type Tone } from '#ui/icon.tsx'
import { Time } from '#ui/time.tsx'
import { networksMessages, wordsFor } from './messages.ts'
import { attemptsIn, type Ending, type EndingCounts, endings, sumOf } from './network-report.ts'
import type { NetworkState } from './show-networks.ts'

const tones: Readonly<Record<Ending, ChartTone>> = {
  'got-in': 'fine',
  'turned-back': 'aside',
  'not-returned': 'troubled',
  failed: 'down',
}

/** "42 Versuche, 95 % hinein" */
export function EndingsWords({ locale, counts }: { locale: Locale; counts: EndingCounts }) {
  const t = translator(networksMessages, locale)
  const count = attemptsIn(counts)
  if (count === 0) return <span class="soft">{t('attempts.count', { count })}</span>
  return (
    <>
      {t('attempts.count', { count })}
      <span class="hint note">{t('attempts.share', { share: counts['got-in'] / count })}</span>
    </>
  )
}

/** Attempts over time, by how they ended. */
export function EndingsChart(props: {
  locale: Locale
  series: readonly EndingCounts[]
  bands?: readonly ChartBand[]
  small?: boolean
}) {
  const { locale, series } = props
  const t = translator(networksMessages, locale)
  const sum = sumOf(series)
  const label = t('chart.label', { count: attemptsIn(sum), gotIn: sum['got-in'], failed: sum.failed })
  return (
    <BarChart
      label={label}
      series={series.map((counts) => endings.map((ending) => counts[ending]))}
      tones={endings.map((ending) => tones[ending])}
      bands={props.bands ?? []}
      small={props.small ?? false}
    />
  )
}

export function EndingsLegend({ locale }: { locale: Locale }) {
  const t = translator(networksMessages, locale)
  return <Legend entries={endings.map((ending) => ({ tone: tones[ending], words: t(`ending.${ending}`) }))} />
}

const stateTones: Readonly<Record<NetworkState['state'], { tone: Tone; look: string }>> = {
  works: { tone: 'success', look: 'works-word' },
  troubled: { tone: 'troubled', look: 'troubled-word' },
  down: { tone: 'error', look: 'down-word' },
  off: { tone: 'error', look: 'down-word' },
  removed: { tone: 'info', look: 'soft' },
}

/** "gestört, zu langsam, seit 10:42" with its icon. */
export function StateWords({ locale, now }: { locale: Locale; now: NetworkState }) {
  const t = translator(networksMessages, locale)
  const { tone, look } = stateTones[now.state]
  return (
    <span class="state">
      <span class={look}>
        <Icon tone={tone} size={18} />
      </span>
      <span>
        <b>{t(`state.${now.state}`)}</b>
        {now.until !== undefined && `, ${t('state.by-hand')}`}
        {now.reason !== undefined && <span class="hint note">{wordsFor(locale, 'reason', now.reason)}</span>}
        {now.since !== undefined && (
          <span class="hint note">
            {t('state.since')} <Time locale={locale} at={now.since} />
          </span>
        )}
        {now.until !== undefined && (
          <span class="hint note">
            {t('state.until')} <Time locale={locale} at={now.until} />
          </span>
        )}
      </span>
    </span>
  )
}
