import { compiled } from '#database/compiled.ts'
import type { Queryable } from '#database/open.ts'
import type { AccountTable } from '#database/schema.ts'
import type { AccountId } from '#kernel/id.ts'
import type { Locale } from '#kernel/locale.ts'
import type { Account } from './account.ts'

export type AccountStore = ReturnType<typeof accountStore>

const toAccount = (row: AccountTable): Account => ({
  id: row.id as AccountId,
  name: row.name,
  locale: row.locale as Locale,
  createdAt: row.created_at,
  disabledAt: row.disabled_at,
})

export function accountStore(db: Queryable) {
  const byId = compiled(db, () => db.selectFrom('account').selectAll().where('id', '=', ''))
  return {
    find: async (id: AccountId): Promise<Account | undefined> => {
      const [row] = await byId(id)
      return row && toAccount(row)
    },
    insert: async (account: Account): Promise<void> => {
      await db
        .insertInto('account')
        .values({
          id: account.id,
          name: account.name,
          locale: account.locale,
          created_at: account.createdAt,
          disabled_at: account.disabledAt,
        })
        .execute()
    },
    /**
     * Locks the account row until commit. Take it before reading anything else of the account: a sign-in and a recovery
     * that ends all sessions must not both succeed when they run at once.
     * @returns the current account
     */
    lock: async (id: AccountId): Promise<Account | undefined> => {
      const row = await db
        .updateTable('account')
        .set((row) => ({ disabled_at: row.ref('disabled_at') }))
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst()
      return row && toAccount(row)
    },
    /** @returns false if the account was disabled already */
    disable: async (id: AccountId, now: number): Promise<boolean> => {
      const result = await db
        .updateTable('account')
        .set({ disabled_at: now })
        .where('id', '=', id)
        .where('disabled_at', 'is', null)
        .executeTakeFirst()
      return Number(result.numUpdatedRows) === 1
    },
    enable: async (id: AccountId): Promise<void> => {
      await db.updateTable('account').set({ disabled_at: null }).where('id', '=', id).execute()
    },
  }
}
