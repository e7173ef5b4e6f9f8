import type { ComponentChildren } from 'preact'
import { type Messages, translator } from '#i18n/translator.ts'
import { Icon, type Tone } from './icon.tsx'
import { uiMessages } from './messages.ts'
import { problemWords, type ShownProblem } from './problem.ts'
import type { View } from './view.ts'

/** A message with an icon and a label. Screen readers announce errors immediately, everything else politely. */
export function Banner(props: {
  view: View
  tone: Tone
  title?: string
  /** Code of the problem shown. */
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

/** The banner for a problem that belongs to no field of the page. Throttling is shown as trouble, not as an error. */
export function ProblemBanner(props: {
  view: View
  messages: Messages<string>
  problem: ShownProblem | undefined
  /** Fields of the page, which show their own problems. */
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
