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
     * Whoever lets somebody into the account, or decides about its ways in, holds it until the transaction ends, before
     * reading anything else of it: otherwise two transactions that exclude each other could both be right, such as a
     * sign-in and the recovery that ends all sessions.
     * @returns the account as it is now
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
    /** @returns whether the account was not disabled before */
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
