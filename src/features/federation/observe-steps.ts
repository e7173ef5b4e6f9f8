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
  /** The network's own word for it. */
  readonly code?: string | undefined
  /** The network itself has said so to our server as well: it is no mere word of the browser's. */
  readonly isProved?: boolean
}

/** Longer than that and a person wonders whether something is wrong, although it is not. */
const slowAfter: Readonly<Partial<Record<Step, number>>> = { start: second, token: 2 * second, 'user-data': 2 * second }

type Significance =
  /** Tells of the network, met by our own server; at the tokens an error may be the visitor's doing. */
  | 'server-observed'
  /** The same, but a visitor can bring it about with a made-up answer. */
  | 'visitor-inducible'
  /** Says nothing of the network by itself. */
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

/** Our registration there: no visitor has a hand in it (RFC 6749, 5.2). */
const misconfigured = ['invalid_client', 'unauthorized_client']

/** Tells the health watch of one step of an attempt. */
export function observeStep(
  { clock, health }: ObserveDeps,
  of: AttemptRef,
  { step, milliseconds, failure, code, isProved = false }: ObservedStep,
): void {
  const { providerId, clientNetwork, reference } = of
  const isSlow = milliseconds !== null && milliseconds > (slowAfter[step] ?? Number.POSITIVE_INFINITY)
  const outcome: Outcome = failure ? outcomeOf(step, failure, code) : isSlow ? 'slow' : 'good'
  const reason = failure ?? (isSlow ? 'slow' : null)
  const isUnverified = outcome !== 'neutral' && !isProved && restsOnBrowser(step, failure)
  const seen = { providerId, at: clock.now(), step, outcome, reason, milliseconds, clientNetwork, reference }
  health.observe({ ...seen, ...(isUnverified && { reportedBy: of.browserHash }) })
}

function outcomeOf(step: Step, failure: FailureReason, code: string | undefined): Outcome {
  if (step === 'browser' || significance[failure] !== 'none') return 'failed'
  if (step === 'token' && failure === 'refused' && misconfigured.includes(code ?? '')) return 'failed'
  // Whoever comes back with a refusal, or turned back there, has reached the network and returned from it.
  return step === 'return' ? 'good' : 'neutral'
}

function restsOnBrowser(step: Step, failure: FailureReason | null): boolean {
  if (step === 'browser' || step === 'return') return true
  // Some networks stumble over a code that they did not give out.
  if (step === 'token' && failure === 'error') return true
  return failure !== null && significance[failure] === 'visitor-inducible' && step !== 'start'
}

/** Nobody was sent to a network that is known to be down. */
export function observeSkipped(
  { clock, health }: ObserveDeps,
  { providerId, clientNetwork, reference }: AttemptRef,
): void {
  const seen = { providerId, clientNetwork, reference, at: clock.now(), milliseconds: 0 }
  health.observe({ ...seen, step: 'start', outcome: 'neutral', reason: 'skipped' })
}

/** A start that nobody came back from. */
export function abandoned(attempt: Attempt, at: number): NewObservation {
  const { providerId, clientNetwork, reference, browserHash } = attempt
  const seen = { providerId, clientNetwork, reference, at, milliseconds: null }
  return { ...seen, step: 'return', outcome: 'failed', reason: 'not-returned', reportedBy: browserHash }
}
