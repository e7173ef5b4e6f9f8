import { type AccountStore, maySignIn } from '#features/account/index.ts'
import { type AuditStore, type RecordDeps, record } from '#features/audit/index.ts'
import type { Secrets } from '#kernel/secret.ts'
import type { Proof } from '../proof.ts'
import type { SessionStore } from '../session.store.ts'
import type { Session } from '../session.ts'
import { sessionProblem } from '../session-problem.ts'

export type StrengthenStores = {
  readonly accounts: AccountStore
  readonly audit: AuditStore
  readonly sessions: SessionStore
}

/**
 * Adds a proof to a session and replaces its token (step-up, RFC 9470).
 * @returns the new cookie value
 * @throws Problem `session.none` if the proof belongs to another account or the session has ended in the meantime
 */
export async function strengthenSession(
  deps: RecordDeps & { readonly secrets: Secrets },
  stores: StrengthenStores,
  session: Session,
  proof: Proof,
): Promise<string> {
  const account = await stores.accounts.lock(session.accountId)
  const current = await stores.sessions.find(session.id, deps.clock.now())
  if (!current || proof.accountId !== current.accountId) throw sessionProblem('session.none')
  maySignIn(account)
  const { token, hash } = deps.secrets.issue('session')
  const others = current.proofs.filter((earlier) => earlier.authenticator !== proof.authenticator)
  await stores.sessions.strengthen(current.id, hash, [...others, proof])
  await record(deps, stores.audit, { event: 'step-up.succeeded', accountId: current.accountId })
  return token
}
