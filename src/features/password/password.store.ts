import { sql } from 'kysely'
import type { Queryable } from '#database/open.ts'
import type { AccountId } from '#kernel/id.ts'

export type PasswordStore = ReturnType<typeof passwordStore>

export type Password = {
  readonly accountId: AccountId
  readonly hash: string
  readonly changedAt: number
  readonly failures: number
  readonly disabledAt: number | null
}

export function passwordStore(db: Queryable) {
  return {
    find: async (accountId: AccountId): Promise<Password | undefined> => {
      const row = await db.selectFrom('password').selectAll().where('account_id', '=', accountId).executeTakeFirst()
      return (
        row && {
          accountId,
          hash: row.hash,
          changedAt: row.changed_at,
          failures: row.failures,
          disabledAt: row.disabled_at,
        }
      )
    },
    /** Sets a new password, enables it and resets the failures. */
    set: async (accountId: AccountId, hash: string, now: number): Promise<void> => {
      const values = { hash, changed_at: now, failures: 0, disabled_at: null }
      await db
        .insertInto('password')
        .values({ account_id: accountId, ...values })
        .onConflict((conflict) => conflict.column('account_id').doUpdateSet(values))
        .execute()
    },
    delete: async (accountId: AccountId): Promise<void> => {
      await db.deleteFrom('password').where('account_id', '=', accountId).execute()
    },
    /** Replaces an outdated hash, unless the password was changed meanwhile. */
    rehash: async (accountId: AccountId, from: string, to: string): Promise<void> => {
      await db
        .updateTable('password')
        .set({ hash: to })
        .where('account_id', '=', accountId)
        .where('hash', '=', from)
        .execute()
    },
    /**
     * Accepts a right password if it was neither changed nor disabled since it was verified. Resets the failures.
     * @returns whether it was accepted
     */
    accept: async (accountId: AccountId, hash: string): Promise<boolean> => {
      const result = await db
        .updateTable('password')
        .set({ failures: 0 })
        .where('account_id', '=', accountId)
        .where('hash', '=', hash)
        .where('disabled_at', 'is', null)
        .executeTakeFirst()
      return Number(result.numUpdatedRows) === 1
    },
    /** Counts a failure. @returns the number of failures in a row */
    fail: async (accountId: AccountId): Promise<number> => {
      const row = await db
        .updateTable('password')
        .set({ failures: sql<number>`failures + 1` })
        .where('account_id', '=', accountId)
        .returning('failures')
        .executeTakeFirst()
      return row?.failures ?? 0
    },
    /** @returns whether it was enabled until now */
    disable: async (accountId: AccountId, now: number): Promise<boolean> => {
      const result = await db
        .updateTable('password')
        .set({ disabled_at: now })
        .where('account_id', '=', accountId)
        .where('disabled_at', 'is', null)
        .executeTakeFirst()
      return Number(result.numUpdatedRows) === 1
    },
  }
}
