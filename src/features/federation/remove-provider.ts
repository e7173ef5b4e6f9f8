import type { InTransaction } from '../../database/open.ts'
import type { ProviderStore } from '../provider/index.ts'
import type { FederatedIdentifierStore } from './federated-identifier.store.ts'
import { federationProblem } from './federation-problem.ts'
import type { PendingLinkStore } from './pending-link.store.ts'

type Stores = {
  readonly federatedIdentifiers: FederatedIdentifierStore
  readonly pendingLinks: PendingLinkStore
  readonly providers: ProviderStore
}

/**
 * Takes a network away. While people are linked to it, its row stays, switched off: it keeps their links and the issuer
 * they belong to.
 * @returns how many links are kept
 * @throws Problem `federation.no-such-network`
 */
export async function removeProvider(
  deps: { readonly inTransaction: InTransaction<Stores> },
  id: string,
): Promise<number> {
  return deps.inTransaction(async ({ federatedIdentifiers, pendingLinks, providers }) => {
    await pendingLinks.deleteOfProvider(id)
    const links = await federatedIdentifiers.countOfProvider(id)
    const removed = links > 0 ? await providers.switchOff(id) : await providers.delete(id)
    if (!removed) throw federationProblem('federation.no-such-network', { params: { id } })
    return links
  })
}
