import type { InTransaction } from '#database/open.ts'
import type { AccountStore } from '#features/account/index.ts'
import { record } from '#features/audit/index.ts'
import type { ProviderStore } from '#features/provider/index.ts'
import { requireFresh, type Session, type SessionStore, sessionProblem } from '#features/session/index.ts'
import type { AccountId } from '#kernel/id.ts'
import type { AnnounceNetworkDeps, AnnounceNetworkStores } from './announce-network.ts'
import { announceNetwork } from './announce-network.ts'
import type { FederatedIdentifierStore } from './federated-identifier.store.ts'
import { networkLinkProblem } from './network-link-problem.ts'

type Stores = AnnounceNetworkStores & {
  readonly accounts: AccountStore
  readonly federatedIdentifiers: FederatedIdentifierStore
  readonly providers: ProviderStore
  readonly sessions: SessionStore
}

export type UnlinkNetworkDeps<Given extends Stores = Stores> = AnnounceNetworkDeps & {
  readonly inTransaction: InTransaction<Given>
  /** Whether another way in remains, read in the same transaction. Implemented by the table of authenticators. */
  readonly mayUnlink: (stores: Given, accountId: AccountId, providerId: string) => Promise<boolean>
}

export type UnlinkNetworkInput = {
  readonly session: Session
  readonly providerId: string
  readonly clientNetwork: string
}

/**
 * Unlinks a network from the account, unless it is the last way in.
 * @throws Problem `session.step-up-needed`, `network-link.last-way`
 */
export async function unlinkNetwork<Given extends Stores>(
  deps: UnlinkNetworkDeps<Given>,
  input: UnlinkNetworkInput,
): Promise<void> {
  const { providerId, clientNetwork } = input
  const { accountId } = input.session
  await deps.inTransaction(async (stores) => {
    await stores.accounts.lock(accountId)
    const session = await stores.sessions.find(input.session.id, deps.clock.now())
    if (!session) throw sessionProblem('session.none')
    requireFresh(session, deps.clock)
    if (!(await deps.mayUnlink(stores, accountId, providerId))) throw networkLinkProblem('network-link.last-way')
    if (!(await stores.federatedIdentifiers.delete(accountId, providerId))) return
    const details = { provider: providerId }
    await record(deps, stores.audit, { event: 'federation.unlinked', accountId, clientNetwork, details })
    const provider = await stores.providers.find(providerId)
    await announceNetwork(deps, stores, accountId, 'unlinked', provider?.name ?? providerId)
  })
}
