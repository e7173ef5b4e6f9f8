import { sql } from 'kysely'
import type { Queryable } from '#database/open.ts'
import { hour } from '#kernel/duration.ts'

/** An arrival time too far ahead was stored before the clock was set back. It is ignored, so that nobody is locked out. */
const clockSlack = hour

export type ThrottleStore = ReturnType<typeof throttleStore>

export function throttleStore(db: Queryable) {
  return {
    /**
     * One step of the generic cell rate algorithm (GCRA). A single statement, so that parallel attempts cannot exceed the
     * limit.
     * @param interval milliseconds that one attempt costs
     * @param tolerance milliseconds by which attempts may run ahead
     * @returns whether the attempt was granted
     */
    take: async (key: string, now: number, interval: number, tolerance: number): Promise<boolean> => {
      const furthest = now + tolerance + interval + clockSlack
      const result = await db
        .insertInto('throttle')
        .values({ key, arrival_at: now + interval })
        .onConflict((conflict) =>
          conflict
            .column('key')
            .doUpdateSet({
              arrival_at: sql<number>`case when throttle.arrival_at between ${now} and ${furthest} then throttle.arrival_at else ${now} end + ${interval}`,
            })
            .where(({ or, eb }) =>
              or([eb('throttle.arrival_at', '<=', now + tolerance), eb('throttle.arrival_at', '>', furthest)]),
            ),
        )
        .executeTakeFirst()
      return Number(result.numInsertedOrUpdatedRows ?? 0) === 1
    },
    find: async (key: string): Promise<number | undefined> => {
      const row = await db.selectFrom('throttle').select('arrival_at').where('key', '=', key).executeTakeFirst()
      return row?.arrival_at
    },
    delete: async (key: string): Promise<void> => {
      await db.deleteFrom('throttle').where('key', '=', key).execute()
    },
    /** Deletes rows that no longer limit anything. */
    deletePast: async (now: number): Promise<void> => {
      await db.deleteFrom('throttle').where('arrival_at', '<', now).execute()
    },
  }
}
