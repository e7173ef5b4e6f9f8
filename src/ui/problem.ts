import { type Messages, translator } from '#i18n/translator.ts'
import type { Locale } from '#kernel/locale.ts'
import { uiMessages } from './messages.ts'

/** A problem as a page shows it. The page has the words for the code. */
export type ShownProblem = {
  code: string
  /** Name of the form field it belongs to. */
  field?: string | undefined
  params?: Readonly<Record<string, string | number>> | undefined
  /** Seconds until a retry makes sense. */
  retryAfter?: number | undefined
}

const units = [
  { unit: 'hour', seconds: 3600 },
  { unit: 'minute', seconds: 60 },
  { unit: 'second', seconds: 1 },
] as const

/** "2 Minuten", "30 seconds": rounded up in the largest unit that fits. */
export function waitInWords(locale: Locale, seconds: number): string {
  const whole = Math.max(1, Math.ceil(seconds))
  const { unit, seconds: size } = units.find((each) => whole >= each.seconds) ?? units[2]
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(Math.ceil(whole / size))
}

/** A problem in words, and its code for programs that read the page. */
export type ProblemWords = { readonly code: string; readonly words: string }

/**
 * The sentence for a problem: the feature's `problem.<code>`, else the shared one, else a neutral one.
 * `{wait}` is replaced by the time until a retry makes sense.
 */
export function problemWords(feature: Messages<string>, locale: Locale, problem: ShownProblem): ProblemWords {
  const params = { ...problem.params, wait: waitInWords(locale, problem.retryAfter ?? 60) }
  const own = `problem.${problem.code}`
  const messages: Messages<string> = own in feature[locale] ? feature : uiMessages
  const code = own in messages[locale] ? problem.code : 'other'
  return { code, words: translator(messages, locale)(`problem.${code}`, params) }
}

/** The words of the problem if it belongs to this field. */
export function fieldError(
  feature: Messages<string>,
  locale: Locale,
  problem: ShownProblem | undefined,
  field: string,
): ProblemWords | undefined {
  return problem?.field === field ? problemWords(feature, locale, problem) : undefined
}
