import type { Queryable } from '#database/open.ts'
import type { AccountId } from '#kernel/id.ts'
import type { Operator } from './operator.ts'

export type OperatorStore = ReturnType<typeof operatorStore>

export function operatorStore(db: Queryable) {
  const all = db
    .selectFrom('operator')
    .innerJoin('account', 'account.id', 'operator.account_id')
    .select(['account.id', 'account.name', 'account.disabled_at', 'operator.granted_at'])
  const toOperator = (row: { id: string; name: string; disabled_at: number | null; granted_at: number }): Operator => ({
    accountId: row.id as AccountId,
    name: row.name,
    grantedAt: row.granted_at,
    disabled: row.disabled_at !== null,
  })
  return {
    find: async (accountId: AccountId): Promise<Operator | undefined> => {
      const row = await all.where('account.id', '=', accountId).executeTakeFirst()
      return row && toOperator(row)
    },
    /** In the order in which they were granted. */
    list: async (): Promise<readonly Operator[]> => {
      const rows = await all.orderBy('operator.granted_at').orderBy('account.id').execute()
      return rows.map(toOperator)
    },
    /** @returns false if the account was an operator already */
    insert: async (accountId: AccountId, now: number): Promise<boolean> => {
      const result = await db
        .insertInto('operator')
        .values({ account_id: accountId, granted_at: now })
        .onConflict((conflict) => conflict.column('account_id').doNothing())
        .executeTakeFirst()
      return Number(result.numInsertedOrUpdatedRows) === 1
    },
    /** Locks all rows until commit. Take it before a revocation: two at once must not remove the last operator. */
    lockAll: async (): Promise<void> => {
      await db
        .updateTable('operator')
        .set((row) => ({ granted_at: row.ref('granted_at') }))
        .execute()
    },
    /** @returns whether the account was an operator */
    delete: async (accountId: AccountId): Promise<boolean> => {
      const result = await db.deleteFrom('operator').where('account_id', '=', accountId).executeTakeFirst()
      return Number(result.numDeletedRows) === 1
    },
  }
}
