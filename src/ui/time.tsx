import type { Locale } from '#kernel/locale.ts'

const styles = {
  clock: { timeStyle: 'short' },
  day: { dateStyle: 'long' },
  moment: { dateStyle: 'medium', timeStyle: 'short' },
} as const

/** A localised time. `at` is in milliseconds since 1970. A script converts it to the browser's time zone. */
export function Time(props: { locale: Locale; at: number; style?: keyof typeof styles }) {
  const style = props.style ?? 'moment'
  return (
    <time dateTime={new Date(props.at).toISOString()} data-style={style}>
      {new Intl.DateTimeFormat(props.locale, styles[style]).format(props.at)}
    </time>
  )
}
