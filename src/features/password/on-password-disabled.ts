import type { AccountStore, IdentifierStore } from '#features/account/index.ts'
import type { AuditStore } from '#features/audit/index.ts'
import type { MailedLinkStore } from '#features/mailed-link/index.ts'
import type { AccountId } from '#kernel/id.ts'
import type { OutboxStore } from '#outbox/index.ts'

export type PasswordDisabledStores = {
  readonly accounts: AccountStore
  readonly audit: AuditStore
  readonly identifiers: IdentifierStore
  readonly mailedLinks: MailedLinkStore
  readonly outbox: OutboxStore
}

/** Records that too many failures disabled the password, and tells the owner. A port: recovery does it. */
export type OnPasswordDisabled = (stores: PasswordDisabledStores, accountId: AccountId) => Promise<void>
