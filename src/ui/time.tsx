import type { Locale } from '#kernel/locale.ts'

const styles = {
  clock: { timeStyle: 'short' },
  day: { dateStyle: 'long' },
  moment: { dateStyle: 'medium', timeStyle: 'short' },
} as const

/** An instant (milliseconds) as the language writes it; machine-readable, so that the browser can put it in its own zone. */
export function Time(props: { locale: Locale; at: number; style?: keyof typeof styles }) {
  const style = props.style ?? 'moment'
  return (
    <time dateTime={new Date(props.at).toISOString()} data-style={style}>
      {new Intl.DateTimeFormat(props.locale, styles[style]).format(props.at)}
    </time>
  )
}
