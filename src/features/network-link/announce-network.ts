import { type AccountStore, type IdentifierStore, notifyOwner } from '#features/account/index.ts'
import type { AuditStore } from '#features/audit/index.ts'
import type { AccountId } from '#kernel/id.ts'
import type { EnqueueDeps, OutboxStore } from '#outbox/index.ts'
import { paths } from '#ui/paths.ts'
import { type NetworkChange, networkChangedEmail } from './network-changed.email.tsx'

export type AnnounceNetworkDeps = EnqueueDeps & { readonly publicUrl: string }

export type AnnounceNetworkStores = {
  readonly accounts: AccountStore
  readonly audit: AuditStore
  readonly identifiers: IdentifierStore
  readonly outbox: OutboxStore
}

/** Notifies all proved addresses that a network was linked or unlinked (NIST SP 800-63B-4, 4.6). */
export async function announceNetwork(
  deps: AnnounceNetworkDeps,
  stores: AnnounceNetworkStores,
  accountId: AccountId,
  change: NetworkChange,
  network: string,
): Promise<void> {
  const link = deps.publicUrl + paths.recover
  await notifyOwner(deps, stores, accountId, (locale, at) => networkChangedEmail({ locale, change, network, at, link }))
}
