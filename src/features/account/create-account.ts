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
  /** Its first address or number: proved, or only claimed, which opens nothing. */
  readonly identifier?: { readonly value: Identifier; readonly isProved: boolean } | undefined
  readonly clientNetwork: string
  /** For the audit: what the account was created with. */
  readonly details?: AuditEntry['details']
}

/**
 * Creates an account, in the transaction of the proof that it begins with. A proved identifier ends the claims of others
 * (PRE-1).
 * @throws UniqueConflict when another account has proved the identifier meanwhile
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
