/** What a part of a bar stands for. Named in the legend, and in a table next to the chart. */
export type ChartTone = 'fine' | 'aside' | 'troubled' | 'down'

/** A marked section of the chart, in buckets from the left edge. */
export type ChartBand = { from: number; to: number; tone: 'troubled' | 'down'; label: string }

const height = 100

/**
 * Stacked bars, rendered on the server: one path for each tone, so that a day in steps of five minutes stays small.
 * Scales to its container.
 */
export function BarChart(props: {
  /** Describes the chart in words. */
  label: string
  /** One array per bucket with a value for each tone, from the bottom up. */
  series: readonly (readonly number[])[]
  tones: readonly ChartTone[]
  bands?: readonly ChartBand[]
  small?: boolean
}) {
  const { series, tones, bands = [] } = props
  const highest = Math.max(1, ...series.map(total))
  return (
    <svg
      class={props.small ? 'chart small' : 'chart'}
      viewBox={`0 0 ${series.length} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={props.label}
    >
      {bands.map(({ from, to, tone, label }) => (
        <rect key={`${from} ${label}`} class={`band ${tone}`} x={from} y="0" width={to - from} height={height}>
          <title>{label}</title>
        </rect>
      ))}
      {tones.map((tone, index) => (
        <path key={tone} class={tone} d={bars(series, index, highest)} />
      ))}
    </svg>
  )
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

function bars(series: readonly (readonly number[])[], index: number, highest: number): string {
  const unit = height / highest
  return series
    .map((values, at) => {
      const value = values[index] ?? 0
      if (value === 0) return ''
      const top = height - (total(values.slice(0, index)) + value) * unit
      return `M${at} ${short(top)}h.85v${short(value * unit)}h-.85z`
    })
    .join('')
}

const short = (value: number) => Number(value.toFixed(1))

/** The legend of a chart. */
export function Legend(props: { entries: readonly { tone: ChartTone; words: string }[] }) {
  return (
    <ul class="plain legend">
      {props.entries.map(({ tone, words }) => (
        <li key={tone}>
          <svg class="chart" width="12" height="12" viewBox="0 0 1 1" aria-hidden="true">
            <path class={tone} d="M0 0h1v1H0z" />
          </svg>
          {words}
        </li>
      ))}
    </ul>
  )
}
