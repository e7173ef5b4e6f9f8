import { sql } from 'kysely'
import type { Queryable } from '#database/open.ts'
import type { OutboxTable } from '#database/schema.ts'

export type OutboxStore = ReturnType<typeof outboxStore>

export type OutboxState = OutboxTable['state']

/** Delivery status of a message, shown to the person who requested it. */
export type DeliveryStatus = { readonly state: OutboxState; readonly at: number }

export type Due = {
  readonly id: string
  readonly channel: string
  readonly payload: string
  readonly attempts: number
  readonly expiresAt: number
}

type Taken = Pick<Due, 'id' | 'channel'>

export function outboxStore(db: Queryable) {
  /** Only if the row is still queued and unchanged: an order may have been replaced by a mail in the meantime. */
  const change = (row: Taken) =>
    db.updateTable('outbox').where('id', '=', row.id).where('channel', '=', row.channel).where('state', '=', 'queued')
  const finish = async (row: Taken, state: OutboxState, now: number, lastError: string | null) => {
    // Deletes the content, which contains links and codes, as soon as it is no longer needed.
    await change(row).set({ state, done_at: now, payload: '', last_error: lastError }).execute()
  }
  return {
    insert: async (row: Omit<Due, 'attempts'> & { readonly now: number }): Promise<void> => {
      await db
        .insertInto('outbox')
        .values({
          id: row.id,
          channel: row.channel,
          payload: row.payload,
          state: 'queued',
          attempts: 0,
          next_at: row.now,
          leased_until: 0,
          expires_at: row.expiresAt,
          created_at: row.now,
          done_at: null,
          last_error: null,
        })
        .execute()
    },
    /** Claims due rows for a worker until the lease ends. The conditional write decides a race between two workers. */
    claim: async (
      channels: readonly string[],
      now: number,
      leasedUntil: number,
      limit: number,
    ): Promise<readonly Due[]> => {
      const due = db
        .selectFrom('outbox')
        .select('id')
        .where('state', '=', 'queued')
        .where('next_at', '<=', now)
        .where('channel', 'in', [...channels])
        .where('leased_until', '<=', now)
        .orderBy('next_at')
        .limit(limit)
      const rows = await db
        .updateTable('outbox')
        .set({ leased_until: leasedUntil, attempts: sql<number>`attempts + 1` })
        .where('id', 'in', due)
        .where('leased_until', '<=', now)
        .returning(['id', 'channel', 'payload', 'attempts', 'expires_at'])
        .execute()
      return rows.map(({ expires_at, ...row }) => ({ ...row, expiresAt: expires_at }))
    },
    accepted: (row: Taken, now: number) => finish(row, 'accepted', now, null),
    refused: (row: Taken, now: number, lastError: string) => finish(row, 'refused', now, lastError),
    expired: (row: Taken, now: number) => finish(row, 'expired', now, null),
    /** Releases the leases of a worker that has died. */
    release: async (): Promise<void> => {
      await db
        .updateTable('outbox')
        .set({ leased_until: 0 })
        .where('state', '=', 'queued')
        .where('leased_until', '>', 0)
        .execute()
    },
    retryAt: async (row: Taken, nextAt: number, lastError: string): Promise<void> => {
      await change(row).set({ next_at: nextAt, leased_until: 0, last_error: lastError }).execute()
    },
    /** Replaces the content of a queued row. @returns false if the row is gone or was replaced already */
    exchange: async (
      row: Taken,
      instead: Omit<Taken, 'id'> & { payload: string; nextAt: number },
    ): Promise<boolean> => {
      const { channel, payload, nextAt } = instead
      const result = await change(row)
        .set({ channel, payload, next_at: nextAt, leased_until: 0, attempts: 0 })
        .executeTakeFirst()
      return Number(result.numUpdatedRows) === 1
    },
    deliveryStatus: async (id: string): Promise<DeliveryStatus | undefined> => {
      const row = await db
        .selectFrom('outbox')
        .select(['state', 'done_at', 'created_at'])
        .where('id', '=', id)
        .executeTakeFirst()
      return row && { state: row.state, at: row.done_at ?? row.created_at }
    },
    countWaiting: async (): Promise<number> => {
      const { waiting } = await db
        .selectFrom('outbox')
        .select(sql<number>`count(*)`.as('waiting'))
        .where('state', '=', 'queued')
        .executeTakeFirstOrThrow()
      return waiting
    },
    deleteDoneBefore: async (before: number): Promise<void> => {
      await db.deleteFrom('outbox').where('done_at', '<', before).execute()
    },
  }
}
