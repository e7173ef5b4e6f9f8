import { type AccountStore, deliverable, type IdentifierStore, proved } from '#features/account/index.ts'
import type { AuditStore } from '#features/audit/index.ts'
import { day } from '#kernel/duration.ts'
import type { AccountId } from '#kernel/id.ts'
import { type EnqueueDeps, email, enqueue, type OutboxStore } from '#outbox/index.ts'
import { type OperatorChange, operatorChangedEmail } from './operator-changed.email.tsx'

export type AnnounceOperatorDeps = EnqueueDeps & { readonly publicUrl: string }

export type AnnounceOperatorStores = {
  readonly accounts: AccountStore
  readonly audit: AuditStore
  readonly identifiers: IdentifierStore
  readonly outbox: OutboxStore
}

/** Tells all proved addresses that their profile opens the console now, or no longer. */
export async function announceOperator(
  deps: AnnounceOperatorDeps,
  stores: AnnounceOperatorStores,
  accountId: AccountId,
  change: OperatorChange,
): Promise<void> {
  const account = await stores.accounts.find(accountId)
  const at = deps.clock.now()
  const { publicUrl } = deps
  const mail = operatorChangedEmail({ locale: account?.locale ?? 'de', change, at, publicUrl })
  for (const identifier of proved(await stores.identifiers.listOfAccount(accountId))) {
    if (identifier.kind !== 'email') continue
    await enqueue(deps, stores.outbox, email, { ...mail, to: deliverable(identifier.display) }, at + 3 * day)
  }
}
