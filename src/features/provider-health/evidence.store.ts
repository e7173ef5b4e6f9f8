import type { Queryable } from '#database/open.ts'
import { padded } from '#database/padded.ts'
import type { Evidence } from './evidence.ts'

export type EvidenceStore = ReturnType<typeof evidenceStore>

/** Evidence as it was read. `at` serves as the version for optimistic locking. */
export type StoredEvidence = { readonly evidence: Evidence; readonly at: number }

export function evidenceStore(db: Queryable) {
  return {
    /** By client network; the empty string stands for everybody. */
    ofProvider: async (
      providerId: string,
      clientNetworks: readonly string[],
    ): Promise<ReadonlyMap<string, StoredEvidence>> => {
      const rows = await db
        .selectFrom('provider_evidence')
        .selectAll()
        .where('provider_id', '=', providerId)
        .where('client_network', 'in', padded(clientNetworks))
        .execute()
      return new Map(rows.map((row) => [row.client_network, { evidence: JSON.parse(row.streams), at: row.at }]))
    },
    /** Optimistic locking: each write increases `at`. @returns false if it was changed since it was read */
    save: async (
      providerId: string,
      clientNetwork: string,
      evidence: Evidence,
      read: StoredEvidence | undefined,
      now: number,
    ): Promise<boolean> => {
      const streams = JSON.stringify(evidence)
      if (!read) {
        const result = await db
          .insertInto('provider_evidence')
          .values({ provider_id: providerId, client_network: clientNetwork, streams, at: now })
          .onConflict((conflict) => conflict.columns(['provider_id', 'client_network']).doNothing())
          .executeTakeFirst()
        return Number(result.numInsertedOrUpdatedRows ?? 0) === 1
      }
      const result = await db
        .updateTable('provider_evidence')
        .set({ streams, at: Math.max(now, read.at + 1) })
        .where('provider_id', '=', providerId)
        .where('client_network', '=', clientNetwork)
        .where('at', '=', read.at)
        .executeTakeFirst()
      return Number(result.numUpdatedRows) === 1
    },
    deleteOfProvider: async (providerId: string): Promise<void> => {
      await db.deleteFrom('provider_evidence').where('provider_id', '=', providerId).execute()
    },
    deleteBefore: async (before: number): Promise<void> => {
      await db.deleteFrom('provider_evidence').where('at', '<', before).execute()
    },
  }
}
