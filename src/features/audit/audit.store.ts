import type { Queryable } from '#database/open.ts'
import type { AccountId } from '#kernel/id.ts'
import type { AuditEntry } from './audit.ts'

export type AuditStore = ReturnType<typeof auditStore>

export function auditStore(db: Queryable) {
  return {
    insert: async (entry: AuditEntry): Promise<void> => {
      await db
        .insertInto('audit')
        .values({
          id: entry.id,
          at: entry.at,
          event: entry.event,
          account_id: entry.accountId,
          client_network: entry.clientNetwork,
          details: JSON.stringify(entry.details),
        })
        .execute()
    },
    /** Newest first. */
    listOfAccount: async (accountId: AccountId, limit: number): Promise<readonly AuditEntry[]> => {
      const rows = await db
        .selectFrom('audit')
        .selectAll()
        .where('account_id', '=', accountId)
        .orderBy('at', 'desc')
        .limit(limit)
        .execute()
      return rows.map((row) => ({
        id: row.id,
        at: row.at,
        event: row.event as AuditEntry['event'],
        accountId: row.account_id as AccountId | null,
        clientNetwork: row.client_network,
        details: JSON.parse(row.details),
      }))
    },
  }
}
