import type { Queryable } from '../../database/open.ts'
import type { Observation } from './observation.ts'

export type ObservationStore = ReturnType<typeof observationStore>

/** A database prepares a statement for each number of rows anew: there shall be few. */
const rowsAtOnce = 20

export function observationStore(db: Queryable) {
  return {
    insertAll: async (observations: readonly Observation[]): Promise<void> => {
      for (let from = 0; from < observations.length; from += rowsAtOnce) {
        const rows = observations.slice(from, from + rowsAtOnce).map((observation) => ({
          id: observation.id,
          provider_id: observation.providerId,
          at: observation.at,
          step: observation.step,
          outcome: observation.outcome,
          reason: observation.reason,
          milliseconds: observation.milliseconds,
          client_network: observation.clientNetwork,
          reference: observation.reference,
        }))
        await db.insertInto('provider_observation').values(rows).execute()
      }
    },
    deleteBefore: async (before: number): Promise<void> => {
      await db.deleteFrom('provider_observation').where('at', '<', before).execute()
    },
  }
}
