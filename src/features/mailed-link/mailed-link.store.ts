import type { Queryable } from '#database/open.ts'
import type { AccountId } from '#kernel/id.ts'
import type { LinkPurpose, MailedLink } from './mailed-link.ts'

export type MailedLinkStore = ReturnType<typeof mailedLinkStore>

export function mailedLinkStore(db: Queryable) {
  return {
    findByToken: async (tokenHash: string): Promise<MailedLink | undefined> => {
      const row = await db.selectFrom('mailed_link').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst()
      return (
        row && {
          id: row.id,
          purpose: row.purpose as LinkPurpose,
          accountId: row.account_id as AccountId | null,
          canonical: row.canonical,
          display: row.display,
          details: JSON.parse(row.details),
          createdAt: row.created_at,
          expiresAt: row.expires_at,
          consumedAt: row.consumed_at,
          supersededAt: row.superseded_at,
        }
      )
    },
    insert: async (link: MailedLink, tokenHash: string, outboxId: string): Promise<void> => {
      await db
        .insertInto('mailed_link')
        .values({
          id: link.id,
          token_hash: tokenHash,
          purpose: link.purpose,
          account_id: link.accountId,
          canonical: link.canonical,
          display: link.display,
          details: JSON.stringify(link.details),
          outbox_id: outboxId,
          created_at: link.createdAt,
          expires_at: link.expiresAt,
          consumed_at: link.consumedAt,
          superseded_at: link.supersededAt,
        })
        .execute()
    },
    /**
     * The only consume.
     * @returns true to exactly one of any number of concurrent calls
     */
    consume: async (id: string, now: number): Promise<boolean> => {
      const result = await db
        .updateTable('mailed_link')
        .set({ consumed_at: now })
        .where('id', '=', id)
        .where('consumed_at', 'is', null)
        .where('superseded_at', 'is', null)
        .where('expires_at', '>', now)
        .executeTakeFirst()
      return Number(result.numUpdatedRows) === 1
    },
    /** Invalidates the unused links of these purposes for the address. */
    supersede: async (canonical: string, purposes: readonly LinkPurpose[], now: number): Promise<void> => {
      await db
        .updateTable('mailed_link')
        .set({ superseded_at: now })
        .where('canonical', '=', canonical)
        .where('purpose', 'in', [...purposes])
        .where('consumed_at', 'is', null)
        .where('superseded_at', 'is', null)
        .execute()
    },
    supersedeOfAccount: async (accountId: AccountId, now: number): Promise<void> => {
      await db
        .updateTable('mailed_link')
        .set({ superseded_at: now })
        .where('account_id', '=', accountId)
        .where('consumed_at', 'is', null)
        .where('superseded_at', 'is', null)
        .execute()
    },
    deletePast: async (before: number): Promise<void> => {
      await db.deleteFrom('mailed_link').where('expires_at', '<', before).execute()
    },
  }
}
