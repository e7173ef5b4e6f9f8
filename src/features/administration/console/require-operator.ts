import type { InTransaction } from '#database/open.ts'
import type { AccountStore } from '#features/account/index.ts'
import { type AuditStore, type RecordDeps, record } from '#features/audit/index.ts'
import { authTime, type Session } from '#features/session/index.ts'
import type { Clock } from '#kernel/clock.ts'
import { day, hour, second } from '#kernel/duration.ts'
import type { OperatorStore } from '../operators/operator.store.ts'
import type { Operator } from '../operators/operator.ts'
import type { Instants } from './recent-instants.ts'

/** NIST SP 800-63B-4, 2.2.3: at AAL2 an overall limit of 24 hours, and one hour without anything happening. */
const overallLimit = day
const idleLimit = hour

export type RequireOperatorDeps = RecordDeps & {
  readonly clock: Clock
  readonly read: { readonly accounts: AccountStore; readonly operators: OperatorStore }
  readonly inTransaction: InTransaction<{ readonly audit: AuditStore }>
  /** When each session was in the console last, and when a refusal was written down. */
  readonly visits: Instants
  readonly refusals: Instants
}

export type OperatorRequest = {
  readonly session: Session | undefined
  /** Method and pattern of the address, for the record. */
  readonly route: string
  readonly clientNetwork: string
}

export type Admission =
  | { readonly next: 'admitted'; readonly operator: Operator; readonly session: Session }
  | { readonly next: 'sign-in' }
  /** The session is too old for the console, though not for the rest. */
  | { readonly next: 'prove-again' }
  | { readonly next: 'refused'; readonly name: string }

/** The one question that every address of the console asks first (ADM-1). */
export async function requireOperator(deps: RequireOperatorDeps, asked: OperatorRequest): Promise<Admission> {
  const { session } = asked
  const account = session && (await deps.read.accounts.find(session.accountId))
  if (!session || account?.disabledAt !== null) return { next: 'sign-in' }
  const operator = await deps.read.operators.find(session.accountId)
  if (!operator) {
    await recordRefusal(deps, asked, session)
    return { next: 'refused', name: account.name }
  }
  if (!isWithinLimits(deps, session)) return { next: 'prove-again' }
  deps.visits.note(session.id)
  return { next: 'admitted', operator, session }
}

/**
 * Idle is counted from the last visit that this node saw, or from the proof: another node's visits are not known here,
 * and cost a proof more at worst.
 */
function isWithinLimits({ clock, visits }: RequireOperatorDeps, session: Session): boolean {
  const now = clock.now()
  const provenAt = authTime(session.proofs) * second
  return now - provenAt < overallLimit && now - Math.max(provenAt, visits.of(session.id) ?? 0) < idleLimit
}

// Once an hour for each address: nobody shall fill the audit trail by loading a page.
async function recordRefusal(deps: RequireOperatorDeps, { route, clientNetwork }: OperatorRequest, session: Session) {
  const key = `${session.id} ${route}`
  if (deps.refusals.of(key) !== undefined) return
  deps.refusals.note(key)
  const { accountId } = session
  await deps.inTransaction(({ audit }) =>
    record(deps, audit, { event: 'operator.refused', accountId, clientNetwork, details: { route } }),
  )
}
