import type { InTransaction } from '#database/open.ts'
import { federationProblem } from '#features/federation/index.ts'
import type { ProviderStore } from '#features/provider/index.ts'
import type { EvidenceStore, IncidentStore } from '#features/provider-health/index.ts'
import type { Clock } from '#kernel/clock.ts'
import type { FederatedIdentifierStore } from './federated-identifier.store.ts'
import type { PendingLinkStore } from './pending-link.store.ts'

type Stores = {
  readonly evidence: EvidenceStore
  readonly federatedIdentifiers: FederatedIdentifierStore
  readonly incidents: IncidentStore
  readonly pendingLinks: PendingLinkStore
  readonly providers: ProviderStore
}

/**
 * Removes a network. If people are linked to it, the row is switched off instead of deleted, to keep their links and the
 * issuer that they belong to.
 * @returns the number of links that are kept
 * @throws Problem `federation.no-such-network`
 */
export async function removeProvider(
  deps: { readonly clock: Clock; readonly inTransaction: InTransaction<Stores> },
  id: string,
): Promise<number> {
  return deps.inTransaction(async ({ evidence, federatedIdentifiers, incidents, pendingLinks, providers }) => {
    await pendingLinks.deleteOfProvider(id)
    await evidence.deleteOfProvider(id)
    await incidents.endAllOf(id, deps.clock.now())
    const links = await federatedIdentifiers.countOfProvider(id)
    const removed = links > 0 ? await providers.switchOff(id) : await providers.delete(id)
    if (!removed) throw federationProblem('federation.no-such-network', { params: { id } })
    return links
  })
}
