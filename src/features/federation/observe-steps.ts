import type { FailureReason } from '#features/provider/index.ts'
import type { HealthWatch, NewObservation, Outcome, Step } from '#features/provider-health/index.ts'
import type { Clock } from '#kernel/clock.ts'
import { second } from '#kernel/duration.ts'
import type { Attempt } from './attempt.ts'

export type ObserveDeps = { readonly clock: Clock; readonly health: Pick<HealthWatch, 'observe'> }

type AttemptRef = Pick<Attempt, 'providerId' | 'clientNetwork' | 'reference' | 'browserHash'>

export type ObservedStep = {
  readonly step: Step
  readonly milliseconds: number | null
  readonly failure: FailureReason | null
  /** The network's own error code. */
  readonly code?: string | undefined
  /** Confirmed by a request from our server to the network, not only reported by the browser. */
  readonly isProved?: boolean
}

/** Milliseconds after which a person suspects a failure. */
const slowAfter: Readonly<Partial<Record<Step, number>>> = { start: second, token: 2 * second, 'user-data': 2 * second }

type Significance =
  /** Observed by our own server. At the token endpoint a visitor can still provoke an error. */
  | 'server-observed'
  /** Observed by our own server, but a visitor can cause it with a forged answer. */
  | 'visitor-inducible'
  /** Says nothing about the network's health. */
  | 'none'

const significance: Readonly<Record<FailureReason, Significance>> = {
  unreachable: 'server-observed',
  slow: 'server-observed',
  error: 'server-observed',
  nonsense: 'visitor-inducible',
  clock: 'visitor-inducible',
  cancelled: 'none',
  refused: 'none',
  'unreachable-here': 'none',
  expired: 'none',
  'not-this-browser': 'none',
  'cookies-blocked': 'none',
  disabled: 'none',
}

/** Errors in our registration at the network, which no visitor can cause (RFC 6749, 5.2). */
const misconfigured = ['invalid_client', 'unauthorized_client']

/** Reports one step of an attempt to the health watch. */
export function observeStep(
  { clock, health }: ObserveDeps,
  ref: AttemptRef,
  { step, milliseconds, failure, code, isProved = false }: ObservedStep,
): void {
  const { providerId, clientNetwork, reference } = ref
  const isSlow = milliseconds !== null && milliseconds > (slowAfter[step] ?? Number.POSITIVE_INFINITY)
  const outcome: Outcome = failure ? outcomeOf(step, failure, code) : isSlow ? 'slow' : 'good'
  const reason = failure ?? (isSlow ? 'slow' : null)
  const isUnverified = outcome !== 'neutral' && !isProved && dependsOnBrowser(step, failure)
  const observation = { providerId, at: clock.now(), step, outcome, reason, milliseconds, clientNetwork, reference }
  health.observe({ ...observation, ...(isUnverified && { reportedBy: ref.browserHash }) })
}

function outcomeOf(step: Step, failure: FailureReason, code: string | undefined): Outcome {
  if (step === 'browser' || significance[failure] !== 'none') return 'failed'
  if (step === 'token' && failure === 'refused' && misconfigured.includes(code ?? '')) return 'failed'
  // Coming back with a refusal or a cancellation means that the network was reached and sent the browser back.
  return step === 'return' ? 'good' : 'neutral'
}

function dependsOnBrowser(step: Step, failure: FailureReason | null): boolean {
  if (step === 'browser' || step === 'return') return true
  // Some networks answer a forged code with a server error.
  if (step === 'token' && failure === 'error') return true
  return failure !== null && significance[failure] === 'visitor-inducible' && step !== 'start'
}

/** Records that the circuit breaker kept an attempt from a network known to be down. */
export function observeSkipped(
  { clock, health }: ObserveDeps,
  { providerId, clientNetwork, reference }: AttemptRef,
): void {
  const observation = { providerId, clientNetwork, reference, at: clock.now(), milliseconds: 0 }
  health.observe({ ...observation, step: 'start', outcome: 'neutral', reason: 'skipped' })
}

/** The observation of an attempt that the browser did not come back from. */
export function abandoned(attempt: Attempt, at: number): NewObservation {
  const { providerId, clientNetwork, reference, browserHash } = attempt
  const observation = { providerId, clientNetwork, reference, at, milliseconds: null }
  return { ...observation, step: 'return', outcome: 'failed', reason: 'not-returned', reportedBy: browserHash }
}
