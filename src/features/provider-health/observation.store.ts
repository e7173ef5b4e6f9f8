import type { Queryable } from '#database/open.ts'
import { day, minute } from '#kernel/duration.ts'
import type { Observation } from './observation.ts'

export type ObservationStore = ReturnType<typeof observationStore>

/** Few distinct batch sizes: the database prepares a statement for each number of rows. */
const batchSize = 20

const interval = 5 * minute

/** A clock that jumps can produce any duration, and the column is a 32-bit integer. */
const maximumDuration = day

export function observationStore(db: Queryable) {
  const insert = async (observations: readonly Observation[]) => {
    for (const batch of batchesOf(observations)) {
      const rows = batch.map((observation) => ({
        id: observation.id,
        provider_id: observation.providerId,
        at: observation.at,
        step: observation.step,
        outcome: observation.outcome,
        reason: observation.reason,
        milliseconds: observation.milliseconds && Math.min(maximumDuration, Math.max(0, observation.milliseconds)),
        client_network: observation.clientNetwork,
        reference: observation.reference,
      }))
      await db.insertInto('provider_observation').values(rows).execute()
    }
  }
  const count = async (observations: readonly Observation[]) => {
    for (const rows of batchesOf(countsOf(observations))) {
      await db
        .insertInto('provider_count')
        .values(rows)
        .onConflict((conflict) =>
          conflict
            .columns(['provider_id', 'at', 'step', 'outcome', 'reason'])
            .doUpdateSet(({ eb, ref }) => ({ count: eb('provider_count.count', '+', ref('excluded.count')) })),
        )
        .execute()
    }
  }
  return {
    /** Inserts them and updates the counters, so that reports need not read every row. */
    insertAll: async (observations: readonly Observation[]): Promise<void> => {
      await insert(observations)
      await count(observations)
    },
    /** Deletes the oldest, up to a limit. @returns how many were deleted; fewer than the limit if none are left */
    deleteSomeBefore: async (before: number, atMost: number): Promise<number> => {
      const oldest = db.selectFrom('provider_observation').select('id').where('at', '<', before)
      const result = await db
        .deleteFrom('provider_observation')
        .where('id', 'in', oldest.orderBy('at').limit(atMost))
        .executeTakeFirst()
      return Number(result.numDeletedRows)
    },
    /** Deletes the counters of the oldest five minutes. @returns whether there were any */
    deleteOldestCountsBefore: async (before: number): Promise<boolean> => {
      const oldest = db.selectFrom('provider_count').select('at').where('at', '<', before).orderBy('at').limit(1)
      const result = await db.deleteFrom('provider_count').where('at', '=', oldest).executeTakeFirst()
      return Number(result.numDeletedRows) > 0
    },
  }
}

function batchesOf<Row>(rows: readonly Row[]): readonly (readonly Row[])[] {
  return Array.from({ length: Math.ceil(rows.length / batchSize) }, (_, index) =>
    rows.slice(index * batchSize, (index + 1) * batchSize),
  )
}

/** Probes are not attempts, and are not counted. */
function countsOf(observations: readonly Observation[]) {
  const counted = observations.filter(({ step }) => step !== 'probe')
  const byKey = Map.groupBy(counted, ({ providerId, at, step, outcome, reason }) =>
    JSON.stringify([providerId, at - (at % interval), step, outcome, reason]),
  )
  // In a fixed order, so that two nodes that lock the same rows cannot deadlock.
  return [...byKey.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, same]) => {
      const [{ providerId, at, step, outcome, reason }] = same as [Observation]
      return {
        provider_id: providerId,
        at: at - (at % interval),
        step,
        outcome,
        reason: reason ?? '',
        count: same.length,
      }
    })
}
