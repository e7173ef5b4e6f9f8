import type { InTransaction } from '#database/open.ts'
import type { AccountStore } from '#features/account/index.ts'
import { type RecordDeps, record } from '#features/audit/index.ts'
import type { MailedLinkStore } from '#features/mailed-link/index.ts'
import { type EndSessionsStores, endAllSessions, type KnownBrowserStore } from '#features/session/index.ts'
import type { AccountId } from '#kernel/id.ts'

export type DisableAccountDeps = RecordDeps & {
  readonly inTransaction: InTransaction<
    EndSessionsStores & {
      readonly accounts: AccountStore
      readonly knownBrowsers: KnownBrowserStore
      readonly mailedLinks: MailedLinkStore
    }
  >
}

/**
 * Disables the account and ends all its sessions.
 * @returns whether it was enabled before
 */
export async function disableAccount(deps: DisableAccountDeps, accountId: AccountId): Promise<boolean> {
  return deps.inTransaction(async (stores) => {
    const now = deps.clock.now()
    if (!(await stores.accounts.disable(accountId, now))) return false
    await stores.mailedLinks.supersedeOfAccount(accountId, now)
    await stores.knownBrowsers.deleteOfAccount(accountId)
    await endAllSessions(deps, stores, accountId)
    await record(deps, stores.audit, { event: 'account.disabled', accountId })
    return true
  })
}
