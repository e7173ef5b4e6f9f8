import { type AccountStore, deliverable, type IdentifierStore, proved } from '#features/account/index.ts'
import type { AuditStore } from '#features/audit/index.ts'
import { day } from '#kernel/duration.ts'
import type { AccountId } from '#kernel/id.ts'
import { type EnqueueDeps, email, enqueue, type OutboxStore } from '#outbox/index.ts'
import { type NetworkChange, networkChangedEmail } from './network-changed.email.tsx'

export type AnnounceNetworkDeps = EnqueueDeps & { readonly publicUrl: string }

export type AnnounceNetworkStores = {
  readonly accounts: AccountStore
  readonly audit: AuditStore
  readonly identifiers: IdentifierStore
  readonly outbox: OutboxStore
}

/** Tells all proved addresses which network opens the profile now, or no longer (NIST SP 800-63B-4, 4.6). */
export async function announceNetwork(
  deps: AnnounceNetworkDeps,
  stores: AnnounceNetworkStores,
  accountId: AccountId,
  change: NetworkChange,
  network: string,
): Promise<void> {
  const account = await stores.accounts.find(accountId)
  const at = deps.clock.now()
  const link = `${deps.publicUrl}/recover`
  const mail = networkChangedEmail({ locale: account?.locale ?? 'de', change, network, at, link })
  for (const identifier of proved(await stores.identifiers.listOfAccount(accountId))) {
    if (identifier.kind !== 'email') continue
    await enqueue(deps, stores.outbox, email, { ...mail, to: deliverable(identifier.display) }, at + 3 * day)
  }
}
