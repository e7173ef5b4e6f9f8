import type { InTransaction } from '#database/open.ts'
import type { AttemptStore, Identified } from '#features/federation/index.ts'
import { requireFresh, type Session, type SessionStore } from '#features/session/index.ts'
import type { AnnounceNetworkDeps } from './announce-network.ts'
import type { LinkIdentityStores } from './link-identity.ts'
import { linkIdentity } from './link-identity.ts'
import { networkLinkProblem } from './network-link-problem.ts'

type Stores = LinkIdentityStores & {
  readonly attempts: AttemptStore
  readonly sessions: SessionStore
}

export type LinkNetworkDeps = AnnounceNetworkDeps & { readonly inTransaction: InTransaction<Stores> }

/**
 * Links the identity to the account that started the attempt: only in the session that started it, and only while that
 * session's proof is fresh (LNK-1, LNK-2).
 * @param session current session of the browser that came back
 * @throws Problem `network-link.failed`, `network-link.taken`, `session.step-up-needed`
 */
export async function linkNetwork(
  deps: LinkNetworkDeps,
  { attempt, identity }: Identified,
  session: Session,
): Promise<void> {
  if (attempt.sessionId !== session.id) throw networkLinkProblem('network-link.failed')
  const linked = await deps.inTransaction(async (stores) => {
    await stores.accounts.lock(session.accountId)
    const current = await stores.sessions.find(session.id, deps.clock.now())
    if (!current) throw networkLinkProblem('network-link.failed')
    requireFresh(current, deps.clock)
    const isLinked = await linkIdentity(deps, stores, current.accountId, identity)
    await stores.attempts.settle(attempt.stateHash, isLinked ? 'linked' : 'taken')
    return isLinked
  })
  if (!linked) throw networkLinkProblem('network-link.taken')
}
