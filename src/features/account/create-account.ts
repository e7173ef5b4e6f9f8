import { type AuditEntry, type AuditStore, type RecordDeps, record } from '#features/audit/index.ts'
import { type AccountId, newId } from '#kernel/id.ts'
import type { Locale } from '#kernel/locale.ts'
import type { AccountStore } from './account.store.ts'
import type { IdentifierStore } from './identifier.store.ts'
import type { Identifier } from './identifier.ts'

export type CreateAccountStores = {
  readonly accounts: AccountStore
  readonly audit: AuditStore
  readonly identifiers: IdentifierStore
}

export type NewAccount = {
  readonly name: string
  readonly locale: Locale
  /** The first address or number. If it is only claimed, it gives no access. */
  readonly identifier?: { readonly value: Identifier; readonly isProved: boolean } | undefined
  readonly clientNetwork: string
  /** Details for the audit entry. */
  readonly details?: AuditEntry['details']
}

/**
 * Creates an account. Call it in the transaction that accepts the first proof. A proved identifier deletes the claims
 * of other accounts to it (PRE-1).
 * @throws UniqueConflict if another account has proved the identifier in the meantime
 */
export async function createAccount(
  deps: RecordDeps,
  { accounts, audit, identifiers }: CreateAccountStores,
  { name, locale, identifier, clientNetwork, details }: NewAccount,
): Promise<AccountId> {
  const now = deps.clock.now()
  const accountId = newId<AccountId>(deps.random)
  await accounts.insert({ id: accountId, name, locale, createdAt: now, disabledAt: null })
  if (identifier) {
    const { kind, canonical, display } = identifier.value
    const provedAt = identifier.isProved ? now : null
    const row = { id: newId(deps.random), accountId, kind, canonical, display, provedAt, primary: true }
    await identifiers.insert(row, now)
    if (identifier.isProved) await identifiers.deleteClaims(identifier.value, accountId)
  }
  await record(deps, audit, { event: 'account.created', accountId, clientNetwork, ...(details && { details }) })
  return accountId
}
