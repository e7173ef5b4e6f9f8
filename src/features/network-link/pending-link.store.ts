import type { Queryable } from '#database/open.ts'
import type { PendingLinkTable } from '#database/schema.ts'
import type { AccountId } from '#kernel/id.ts'
import type { PendingLink } from './pending-link.ts'

export type PendingLinkStore = ReturnType<typeof pendingLinkStore>

const toPendingLink = (row: PendingLinkTable): PendingLink => ({
  id: row.id,
  browserHash: row.browser_hash,
  accountId: row.account_id as AccountId,
  providerId: row.provider_id,
  subject: row.subject,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
})

export function pendingLinkStore(db: Queryable) {
  return {
    /** Replaces this browser's earlier pending link. */
    insert: async (link: PendingLink): Promise<void> => {
      const row = {
        id: link.id,
        account_id: link.accountId,
        provider_id: link.providerId,
        subject: link.subject,
        created_at: link.createdAt,
        expires_at: link.expiresAt,
        consumed_at: null,
      }
      await db
        .insertInto('pending_link')
        .values({ browser_hash: link.browserHash, ...row })
        .onConflict((conflict) => conflict.column('browser_hash').doUpdateSet(row))
        .execute()
    },
    /**
     * Consumes this browser's pending link.
     * @returns the link, to exactly one of any number of concurrent calls
     */
    consume: async (browserHash: string, now: number): Promise<PendingLink | undefined> => {
      const row = await db
        .updateTable('pending_link')
        .set({ consumed_at: now })
        .where('browser_hash', '=', browserHash)
        .where('consumed_at', 'is', null)
        .where('expires_at', '>', now)
        .returningAll()
        .executeTakeFirst()
      return row && toPendingLink(row)
    },
    deleteOfProvider: async (providerId: string): Promise<void> => {
      await db.deleteFrom('pending_link').where('provider_id', '=', providerId).execute()
    },
    deletePast: async (before: number): Promise<void> => {
      await db.deleteFrom('pending_link').where('expires_at', '<', before).execute()
    },
  }
}
