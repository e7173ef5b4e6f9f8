import type { AuditEntry } from '#features/audit/index.ts'
import { type Counted, type SignInOutcome, signInOutcomes } from '#metrics/index.ts'

type Attempt = Counted['einlass_sign_in_attempts_total']

/** The attempt to sign in that a line of the audit trail tells of, if it does. */
export function signInAttemptOf({ event, details }: Pick<AuditEntry, 'event' | 'details'>): Attempt | undefined {
  if (event === 'sign-in.succeeded') return { ...wayOf(String(details.way)), outcome: 'signed-in' }
  if (event === 'sign-in.failed') return { method: 'password', network: '', outcome: 'failed' }
  if (event !== 'federation.attempt-refused') return undefined
  return { method: 'network', network: String(details.provider), outcome: outcomeOf(details.failure) }
}

/** `password`, `mailed-link` or `network:<id>` */
function wayOf(way: string): Omit<Attempt, 'outcome'> {
  if (way.startsWith('network:')) return { method: 'network', network: way.slice('network:'.length) }
  return { method: way === 'mailed-link' ? way : 'password', network: '' }
}

function outcomeOf(failure: unknown): SignInOutcome {
  return signInOutcomes.find((outcome) => outcome === failure) ?? 'failed'
}
