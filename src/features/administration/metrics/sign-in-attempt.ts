import type { AuditEntry } from '#features/audit/index.ts'
import { failureReasons } from '#features/provider/index.ts'
import type { Counter } from '#metrics/index.ts'

/** How a sign-in attempt ended. The failure reasons are those of networks. */
export const signInOutcomes = ['signed-in', 'failed', 'not-returned', ...failureReasons] as const

export type SignInAttempt = {
  readonly authenticator: string
  /** Empty if no network is involved. */
  readonly network: string
  readonly outcome: (typeof signInOutcomes)[number]
}

/** `method` duplicates `authenticator` and will be removed in the next version. */
export const signInAttempts: Counter<'method' | 'network' | 'outcome' | 'authenticator'> = {
  name: 'einlass_sign_in_attempts_total',
  help: 'Attempts to sign in by authenticator, social network and outcome.',
  labels: ['method', 'network', 'outcome', 'authenticator'],
}

/** The metric's labels for an attempt. */
export function labelsOf({ authenticator, network, outcome }: SignInAttempt) {
  return { method: authenticator, network, outcome, authenticator }
}

/** The sign-in attempt that an audit entry describes, if any. */
export function signInAttemptOf({ event, details }: Pick<AuditEntry, 'event' | 'details'>): SignInAttempt | undefined {
  const authenticator = String(details.authenticator)
  const network = String(details.provider ?? '')
  if (event === 'sign-in.succeeded') return { authenticator, network, outcome: 'signed-in' }
  if (event === 'sign-in.failed') return { authenticator, network, outcome: 'failed' }
  if (event !== 'federation.attempt-refused') return undefined
  return { authenticator: 'network', network, outcome: outcomeOf(details.failure) }
}

function outcomeOf(failure: unknown): SignInAttempt['outcome'] {
  return signInOutcomes.find((outcome) => outcome === failure) ?? 'failed'
}
