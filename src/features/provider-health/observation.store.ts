import type { Queryable } from '#database/open.ts'
import { day, minute } from '#kernel/duration.ts'
import type { Observation } from './observation.ts'

export type ObservationStore = ReturnType<typeof observationStore>

/** A database prepares a statement for each number of rows anew: there shall be few. */
const rowsAtOnce = 20

const slot = 5 * minute

/** A clock that leaps makes any duration, and a column takes only so much. */
const longest = day

export function observationStore(db: Queryable) {
  const insert = async (observations: readonly Observation[]) => {
    for (const some of portions(observations)) {
      const rows = some.map((observation) => ({
        id: observation.id,
        provider_id: observation.providerId,
        at: observation.at,
        step: observation.step,
        outcome: observation.outcome,
        reason: observation.reason,
        milliseconds: observation.milliseconds && Math.min(longest, Math.max(0, observation.milliseconds)),
        client_network: observation.clientNetwork,
        reference: observation.reference,
      }))
      await db.insertInto('provider_observation').values(rows).execute()
    }
  }
  const count = async (observations: readonly Observation[]) => {
    for (const rows of portions(countsOf(observations))) {
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
    /** Writes them down, and counts them: whoever wants to know how many there were need not read them all. */
    insertAll: async (observations: readonly Observation[]): Promise<void> => {
      await insert(observations)
      await count(observations)
    },
    /** @returns how many of the oldest were deleted: fewer than allowed when none are left */
    deleteSomeBefore: async (before: number, atMost: number): Promise<number> => {
      const oldest = db.selectFrom('provider_observation').select('id').where('at', '<', before)
      const result = await db
        .deleteFrom('provider_observation')
        .where('id', 'in', oldest.orderBy('at').limit(atMost))
        .executeTakeFirst()
      return Number(result.numDeletedRows)
    },
    /** @returns whether there were any: those of the oldest five minutes are deleted */
    deleteOldestCountsBefore: async (before: number): Promise<boolean> => {
      const oldest = db.selectFrom('provider_count').select('at').where('at', '<', before).orderBy('at').limit(1)
      const result = await db.deleteFrom('provider_count').where('at', '=', oldest).executeTakeFirst()
      return Number(result.numDeletedRows) > 0
    },
  }
}

function portions<Row>(rows: readonly Row[]): readonly (readonly Row[])[] {
  return Array.from({ length: Math.ceil(rows.length / rowsAtOnce) }, (_, index) =>
    rows.slice(index * rowsAtOnce, (index + 1) * rowsAtOnce),
  )
}

/** Probes are nobody's attempt and are not counted. */
function countsOf(observations: readonly Observation[]) {
  const counted = observations.filter(({ step }) => step !== 'probe')
  const byKey = Map.groupBy(counted, ({ providerId, at, step, outcome, reason }) =>
    JSON.stringify([providerId, at - (at % slot), step, outcome, reason]),
  )
  // In order: two nodes that held each other's rows would wait for ever.
  return [...byKey.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, same]) => {
      const [{ providerId, at, step, outcome, reason }] = same as [Observation]
      return { provider_id: providerId, at: at - (at % slot), step, outcome, reason: reason ?? '', count: same.length }
    })
}
