import type { ComponentChildren } from 'preact'
import { type Messages, translator } from '#i18n/translator.ts'
import { Icon, type Tone } from './icon.tsx'
import { uiMessages } from './messages.ts'
import { problemWords, type ShownProblem } from './problem.ts'
import type { View } from './view.ts'

/** What happened, with an icon and a word. Errors interrupt a screen reader, everything else waits its turn. */
export function Banner(props: {
  view: View
  tone: Tone
  title?: string
  /** Code of the problem that it tells. */
  problem?: string
  children: ComponentChildren
}) {
  const t = translator(uiMessages, props.view.locale)
  return (
    <div class={`banner ${props.tone}`} role={props.tone === 'error' ? 'alert' : 'status'} data-problem={props.problem}>
      <Icon tone={props.tone} />
      <b>{props.title ?? t(`banner.${props.tone}`)}</b>
      <div>{props.children}</div>
    </div>
  )
}

/** The banner for a problem that belongs to none of the fields on the page; throttling is trouble, not an error. */
export function ProblemBanner(props: {
  view: View
  messages: Messages<string>
  problem: ShownProblem | undefined
  /** Fields of the page, which show their problem themselves. */
  fields?: readonly string[]
}) {
  const { problem, view } = props
  if (!problem || (problem.field && props.fields?.includes(problem.field))) return null
  const { code, words } = problemWords(props.messages, view.locale, problem)
  return (
    <Banner view={view} tone={problem.retryAfter === undefined ? 'error' : 'troubled'} problem={code}>
      {words}
    </Banner>
  )
}
