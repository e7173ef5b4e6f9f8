import type { FailureReason } from '#features/provider/index.ts'
import type { HealthWatch, Outcome, Seen, Step } from '#features/provider-health/index.ts'
import type { Clock } from '#kernel/clock.ts'
import { second } from '#kernel/duration.ts'
import type { Attempt } from './attempt.ts'

export type NoteDeps = { readonly clock: Clock; readonly health: Pick<HealthWatch, 'note'> }

type Of = Pick<Attempt, 'providerId' | 'clientNetwork' | 'reference' | 'browserHash'>

export type EndedStep = {
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

/** Failures that tell of a network, met by our own server; at the tokens an error may be the visitor's doing. */
const met: readonly FailureReason[] = ['unreachable', 'slow', 'error']
/** The same, but a visitor can bring them about with a made-up answer. */
const brought: readonly FailureReason[] = ['nonsense', 'clock']
/** Our registration there: no visitor has a hand in it (RFC 6749, 5.2). */
const ourFault = ['invalid_client', 'unauthorized_client']

/** Tells the health watch of one step of an attempt. */
export function noteStep(
  { clock, health }: NoteDeps,
  of: Of,
  { step, milliseconds, failure, code, isProved = false }: EndedStep,
): void {
  const { providerId, clientNetwork, reference } = of
  const isSlow = milliseconds !== null && milliseconds > (slowAfter[step] ?? Number.POSITIVE_INFINITY)
  const outcome: Outcome = failure ? outcomeOf(step, failure, code) : isSlow ? 'slow' : 'good'
  const reason = failure ?? (isSlow ? 'slow' : null)
  const isWord = outcome !== 'neutral' && !isProved && restsOnBrowser(step, failure)
  const seen = { providerId, at: clock.now(), step, outcome, reason, milliseconds, clientNetwork, reference }
  health.note({ ...seen, ...(isWord && { onWordOf: of.browserHash }) })
}

function outcomeOf(step: Step, failure: FailureReason, code: string | undefined): Outcome {
  if (step === 'browser' || met.includes(failure) || brought.includes(failure)) return 'failed'
  if (step === 'token' && failure === 'refused' && ourFault.includes(code ?? '')) return 'failed'
  // Whoever comes back with a refusal, or turned back there, has reached the network and returned from it.
  return step === 'return' ? 'good' : 'neutral'
}

function restsOnBrowser(step: Step, failure: FailureReason | null): boolean {
  if (step === 'browser' || step === 'return') return true
  // Some networks stumble over a code that they did not give out.
  if (step === 'token' && failure === 'error') return true
  return failure !== null && brought.includes(failure) && step !== 'start'
}

/** Nobody was sent to a network that is known to be down. */
export function noteSpared({ clock, health }: NoteDeps, { providerId, clientNetwork, reference }: Of): void {
  const seen = { providerId, clientNetwork, reference, at: clock.now(), milliseconds: 0 }
  health.note({ ...seen, step: 'start', outcome: 'neutral', reason: 'spared' })
}

/** A start that nobody came back from. */
export function noReturn(attempt: Attempt, at: number): Seen {
  const { providerId, clientNetwork, reference, browserHash } = attempt
  const seen = { providerId, clientNetwork, reference, at, milliseconds: null }
  return { ...seen, step: 'return', outcome: 'failed', reason: 'not-returned', onWordOf: browserHash }
}
