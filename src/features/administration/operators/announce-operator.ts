import { type AccountStore, type IdentifierStore, notifyOwner } from '#features/account/index.ts'
import type { AuditStore } from '#features/audit/index.ts'
import type { AccountId } from '#kernel/id.ts'
import type { EnqueueDeps, OutboxStore } from '#outbox/index.ts'
import { type OperatorChange, operatorChangedEmail } from './operator-changed.email.tsx'

export type AnnounceOperatorDeps = EnqueueDeps & { readonly publicUrl: string }

export type AnnounceOperatorStores = {
  readonly accounts: AccountStore
  readonly audit: AuditStore
  readonly identifiers: IdentifierStore
  readonly outbox: OutboxStore
}

/** Notifies all proved addresses that access to the console was granted or revoked. */
export async function announceOperator(
  deps: AnnounceOperatorDeps,
  stores: AnnounceOperatorStores,
  accountId: AccountId,
  change: OperatorChange,
): Promise<void> {
  const { publicUrl } = deps
  await notifyOwner(deps, stores, accountId, (locale, at) => operatorChangedEmail({ locale, change, at, publicUrl }))
}
