import { record } from '#features/audit/index.ts'
import type { FederatedIdentity, ProviderStore } from '#features/provider/index.ts'
import type { OverrideStore } from '#features/provider-health/index.ts'
import type { AccountId } from '#kernel/id.ts'
import { type AnnounceNetworkDeps, type AnnounceNetworkStores, announceNetwork } from './announce-network.ts'
import type { FederatedIdentifierStore } from './federated-identifier.store.ts'

export type LinkIdentityStores = AnnounceNetworkStores & {
  readonly federatedIdentifiers: FederatedIdentifierStore
  readonly overrides: OverrideStore
  readonly providers: ProviderStore
}

/**
 * Links a proved identity to a proved account, in the caller's transaction, and notifies the account's addresses. Lifts
 * the quarantine if the identity is linked to the account already.
 * @returns false if it belongs to another account, or its network is switched off
 */
export async function linkIdentity(
  deps: AnnounceNetworkDeps,
  stores: LinkIdentityStores,
  accountId: AccountId,
  { providerId, subject }: Pick<FederatedIdentity, 'providerId' | 'subject'>,
): Promise<boolean> {
  const provider = await stores.providers.find(providerId)
  if (!provider?.enabled) return false
  const now = deps.clock.now()
  const overrides = await stores.overrides.list(now)
  if (overrides.some((override) => override.providerId === providerId && override.state === 'off')) return false
  const link = { providerId, subject, accountId, linkedAt: now, lastUsedAt: now, quarantinedAt: null }
  if (!(await stores.federatedIdentifiers.insertIfFree(link))) {
    const existing = await stores.federatedIdentifiers.find(providerId, subject)
    if (existing?.accountId !== accountId) return false
    if (!(await stores.federatedIdentifiers.liftQuarantine(accountId, providerId, subject))) return true
  }
  await record(deps, stores.audit, { event: 'federation.linked', accountId, details: { provider: providerId } })
  await announceNetwork(deps, stores, accountId, 'linked', provider.name)
  return true
}
