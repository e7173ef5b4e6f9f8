import type { InTransaction } from '#database/open.ts'
import type { AccountStore, IdentifierStore } from '#features/account/index.ts'
import { record } from '#features/audit/index.ts'
import type {
  AnnounceNetworkDeps,
  AnnounceNetworkStores,
  FederatedIdentifierStore,
} from '#features/network-link/index.ts'
import { announceNetwork } from '#features/network-link/index.ts'
import type { PasswordStore } from '#features/password/index.ts'
import { type ProviderStore, signsIn } from '#features/provider/index.ts'
import { requireFresh, type Session, type SessionStore, sessionProblem } from '#features/session/index.ts'
import { profileProblem } from './profile-problem.ts'
import { mayUnlink } from './ways-left.ts'

type Stores = AnnounceNetworkStores & {
  readonly accounts: AccountStore
  readonly federatedIdentifiers: FederatedIdentifierStore
  readonly identifiers: IdentifierStore
  readonly passwords: PasswordStore
  readonly providers: ProviderStore
  readonly sessions: SessionStore
}

export type UnlinkNetworkDeps = AnnounceNetworkDeps & { readonly inTransaction: InTransaction<Stores> }

export type UnlinkNetworkInput = {
  readonly session: Session
  readonly providerId: string
  readonly clientNetwork: string
}

/**
 * Takes a network away from the account, unless it is the last way in.
 * @throws Problem `session.step-up-needed`, `profile.last-way`
 */
export async function unlinkNetwork(deps: UnlinkNetworkDeps, input: UnlinkNetworkInput): Promise<void> {
  const { providerId, clientNetwork } = input
  const { accountId } = input.session
  await deps.inTransaction(async (stores) => {
    await stores.accounts.lock(accountId)
    const session = await stores.sessions.find(input.session.id, deps.clock.now())
    if (!session) throw sessionProblem('session.none')
    requireFresh(session, deps.clock)
    const providers = await stores.providers.list()
    const means = {
      password: await stores.passwords.find(accountId),
      identifiers: await stores.identifiers.listOfAccount(accountId),
      linked: await stores.federatedIdentifiers.listOfAccount(accountId),
      opening: providers.filter(signsIn),
    }
    if (!mayUnlink(means, providerId)) throw profileProblem('profile.last-way')
    if (!(await stores.federatedIdentifiers.delete(accountId, providerId))) return
    const details = { provider: providerId }
    await record(deps, stores.audit, { event: 'federation.unlinked', accountId, clientNetwork, details })
    const name = providers.find((provider) => provider.id === providerId)?.name ?? providerId
    await announceNetwork(deps, stores, accountId, 'unlinked', name)
  })
}
