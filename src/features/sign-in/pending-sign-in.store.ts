import type { Queryable } from '#database/open.ts'
import type { PendingSignInTable } from '#database/schema.ts'
import type { AccountId } from '#kernel/id.ts'
import type { PendingSignIn } from './pending-sign-in.ts'

export type PendingSignInStore = ReturnType<typeof pendingSignInStore>

const toPendingSignIn = (row: PendingSignInTable): PendingSignIn => ({
  browserHash: row.browser_hash,
  accountId: row.account_id as AccountId,
  proofs: JSON.parse(row.proofs),
  continueTo: row.continue_to,
  expiresAt: row.expires_at,
})

export function pendingSignInStore(db: Queryable) {
  return {
    find: async (browserHash: string, now: number): Promise<PendingSignIn | undefined> => {
      const row = await db
        .selectFrom('pending_sign_in')
        .selectAll()
        .where('browser_hash', '=', browserHash)
        .where('expires_at', '>', now)
        .executeTakeFirst()
      return row && toPendingSignIn(row)
    },
    /** Replaces this browser's earlier pending sign-in. */
    insert: async (pending: PendingSignIn): Promise<void> => {
      const row = {
        account_id: pending.accountId,
        proofs: JSON.stringify(pending.proofs),
        continue_to: pending.continueTo,
        expires_at: pending.expiresAt,
      }
      await db
        .insertInto('pending_sign_in')
        .values({ browser_hash: pending.browserHash, ...row })
        .onConflict((conflict) => conflict.column('browser_hash').doUpdateSet(row))
        .execute()
    },
    /** Consumes this browser's pending sign-in. @returns it to exactly one of any number of concurrent calls */
    consume: async (browserHash: string, now: number): Promise<PendingSignIn | undefined> => {
      const row = await db
        .deleteFrom('pending_sign_in')
        .where('browser_hash', '=', browserHash)
        .where('expires_at', '>', now)
        .returningAll()
        .executeTakeFirst()
      return row && toPendingSignIn(row)
    },
    deleteOfAccount: async (accountId: AccountId): Promise<void> => {
      await db.deleteFrom('pending_sign_in').where('account_id', '=', accountId).execute()
    },
    deletePast: async (before: number): Promise<void> => {
      await db.deleteFrom('pending_sign_in').where('expires_at', '<=', before).execute()
    },
  }
}
