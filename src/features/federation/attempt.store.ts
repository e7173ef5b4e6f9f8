import type { Queryable } from '#database/open.ts'
import type { FederationAttemptTable } from '#database/schema.ts'
import type { SessionId } from '#kernel/id.ts'
import type { Attempt } from './attempt.ts'

export type AttemptStore = ReturnType<typeof attemptStore>

const toAttempt = (row: FederationAttemptTable): Attempt => ({
  stateHash: row.state_hash,
  providerId: row.provider_id,
  browserHash: row.browser_hash,
  purpose: row.purpose,
  sessionId: row.session_id as SessionId | null,
  continueTo: row.continue_to,
  clientNetwork: row.client_network,
  checks: row.checks,
  reference: row.reference,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  consumedAt: row.consumed_at,
  outcome: row.outcome,
  code: row.outcome_word,
})

export function attemptStore(db: Queryable) {
  return {
    find: async (stateHash: string): Promise<Attempt | undefined> => {
      const row = await db
        .selectFrom('federation_attempt')
        .selectAll()
        .where('state_hash', '=', stateHash)
        .executeTakeFirst()
      return row && toAttempt(row)
    },
    findLatestOfBrowser: async (browserHash: string): Promise<Attempt | undefined> => {
      const row = await db
        .selectFrom('federation_attempt')
        .selectAll()
        .where('browser_hash', '=', browserHash)
        .orderBy('created_at', 'desc')
        .limit(1)
        .executeTakeFirst()
      return row && toAttempt(row)
    },
    insert: async (attempt: Attempt): Promise<void> => {
      await db
        .insertInto('federation_attempt')
        .values({
          state_hash: attempt.stateHash,
          provider_id: attempt.providerId,
          browser_hash: attempt.browserHash,
          purpose: attempt.purpose,
          session_id: attempt.sessionId,
          continue_to: attempt.continueTo,
          client_network: attempt.clientNetwork,
          checks: attempt.checks,
          reference: attempt.reference,
          created_at: attempt.createdAt,
          expires_at: attempt.expiresAt,
          consumed_at: attempt.consumedAt,
          outcome: attempt.outcome,
          outcome_word: attempt.code,
        })
        .execute()
    },
    /**
     * The only consume: once, before expiry, for the browser and the network that the attempt was started with.
     * @returns the attempt, to exactly one of any number of concurrent calls
     */
    consume: async (
      { stateHash, providerId, browserHash }: Pick<Attempt, 'stateHash' | 'providerId' | 'browserHash'>,
      now: number,
    ): Promise<Attempt | undefined> => {
      const row = await db
        .updateTable('federation_attempt')
        .set({ consumed_at: now })
        .where('state_hash', '=', stateHash)
        .where('provider_id', '=', providerId)
        .where('browser_hash', '=', browserHash)
        .where('consumed_at', 'is', null)
        .where('expires_at', '>', now)
        .returningAll()
        .executeTakeFirst()
      return row && toAttempt(row)
    },
    /** Stores the outcome and deletes the checks, which are no longer needed. */
    settle: async (stateHash: string, outcome: string, code?: string): Promise<void> => {
      await db
        .updateTable('federation_attempt')
        .set({ outcome, outcome_word: code ?? null, checks: '' })
        .where('state_hash', '=', stateHash)
        .execute()
    },
    /** Whether an attempt that started in this interval is still open. */
    anyOpen: async (from: number, to: number): Promise<boolean> => {
      const row = await db
        .selectFrom('federation_attempt')
        .select('reference')
        .where('consumed_at', 'is', null)
        .where('outcome', 'is', null)
        .where('created_at', '>', from)
        .where('created_at', '<', to)
        .limit(1)
        .executeTakeFirst()
      return row !== undefined
    },
    /** Sets the outcome `not-returned`. @returns the attempts, each to exactly one of any number of concurrent calls */
    markOverdue: async (from: number, to: number): Promise<readonly Attempt[]> => {
      const rows = await db
        .updateTable('federation_attempt')
        .set({ outcome: 'not-returned' })
        .where('consumed_at', 'is', null)
        .where('outcome', 'is', null)
        .where('created_at', '>', from)
        .where('created_at', '<', to)
        .returningAll()
        .execute()
      return rows.map(toAttempt)
    },
    deletePast: async (before: number): Promise<void> => {
      await db.deleteFrom('federation_attempt').where('expires_at', '<', before).execute()
    },
  }
}
