import type { InTransaction } from '#database/open.ts'
import type { AccountStore } from '#features/account/index.ts'
import { type AuditStore, type RecordDeps, record } from '#features/audit/index.ts'
import { authTime, type Session } from '#features/session/index.ts'
import type { Clock } from '#kernel/clock.ts'
import { day, hour, second } from '#kernel/duration.ts'
import type { OperatorStore } from '../operators/operator.store.ts'
import type { Operator } from '../operators/operator.ts'
import type { Instants } from './recent-instants.ts'

/** NIST SP 800-63B-4, 2.2.3: at AAL2 an overall limit of 24 hours, and one hour of inactivity. */
const overallLimit = day
const idleLimit = hour

export type RequireOperatorDeps = RecordDeps & {
  readonly clock: Clock
  readonly read: { readonly accounts: AccountStore; readonly operators: OperatorStore }
  readonly inTransaction: InTransaction<{ readonly audit: AuditStore }>
  /** Last visit of each session, and last audited refusal. */
  readonly visits: Instants
  readonly refusals: Instants
}

export type OperatorRequest = {
  readonly session: Session | undefined
  /** Method and route pattern, for the audit. */
  readonly route: string
  readonly clientNetwork: string
}

export type Admission =
  | { readonly next: 'admitted'; readonly operator: Operator; readonly session: Session }
  | { readonly next: 'sign-in' }
  /** The session is too old for the console, though not for other pages. */
  | { readonly next: 'prove-again' }
  | { readonly next: 'refused'; readonly name: string }

/** The gate of the console. Every route of it calls this first (ADM-1). */
export async function requireOperator(deps: RequireOperatorDeps, request: OperatorRequest): Promise<Admission> {
  const { session } = request
  const account = session && (await deps.read.accounts.find(session.accountId))
  if (!session || account?.disabledAt !== null) return { next: 'sign-in' }
  const operator = await deps.read.operators.find(session.accountId)
  if (!operator) {
    await recordRefusal(deps, request, session)
    return { next: 'refused', name: account.name }
  }
  if (!isWithinLimits(deps, session)) return { next: 'prove-again' }
  deps.visits.record(session.id)
  return { next: 'admitted', operator, session }
}

/**
 * Inactivity counts from the last visit on this node, or from the proof. Visits on other nodes are unknown here; at
 * worst that costs an extra proof.
 */
function isWithinLimits({ clock, visits }: RequireOperatorDeps, session: Session): boolean {
  const now = clock.now()
  const provenAt = authTime(session.proofs) * second
  return now - provenAt < overallLimit && now - Math.max(provenAt, visits.lastAt(session.id) ?? 0) < idleLimit
}

// Audited once an hour per session and route, so that reloading a page cannot fill the audit table.
async function recordRefusal(deps: RequireOperatorDeps, { route, clientNetwork }: OperatorRequest, session: Session) {
  const key = `${session.id} ${route}`
  if (deps.refusals.lastAt(key) !== undefined) return
  deps.refusals.record(key)
  const { accountId } = session
  await deps.inTransaction(({ audit }) =>
    record(deps, audit, { event: 'operator.refused', accountId, clientNetwork, details: { route } }),
  )
}
