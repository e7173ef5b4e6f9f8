import type { InTransaction } from '#database/open.ts'
import type { Clock } from '#kernel/clock.ts'
import { day } from '#kernel/duration.ts'
import type { EvidenceStore } from './evidence.store.ts'
import type { HealthWatch } from './health-watch.ts'
import type { IncidentStore } from './incident.store.ts'
import type { ObservationStore } from './observation.store.ts'

const observationsKeptFor = 8 * day
const evidenceKeptFor = day
const incidentsKeptFor = 90 * day
/** SQLite deletes while the whole server waits: the largest table goes in portions, each a transaction. */
const deletedAtOnce = 200

export type ProviderHealthFeatureDeps = {
  readonly clock: Clock
  readonly health: HealthWatch
  readonly inTransaction: InTransaction<{
    readonly evidence: EvidenceStore
    readonly incidents: IncidentStore
    readonly observations: ObservationStore
  }>
}

/** How the social networks are doing. */
export function providerHealth({ clock, health, inTransaction }: ProviderHealthFeatureDeps) {
  const tidyConclusions = (now: number) =>
    inTransaction(async ({ evidence, incidents }) => {
      await evidence.deleteBefore(now - evidenceKeptFor)
      await incidents.endForgotten(now)
      await incidents.deleteEndedBefore(now - incidentsKeptFor)
    })
  const tidyObservations = async (before: number) => {
    let deleted: number
    do {
      deleted = await inTransaction(({ observations }) => observations.deleteSomeBefore(before, deletedAtOnce))
    } while (deleted === deletedAtOnce)
    while (await inTransaction(({ observations }) => observations.deleteOldestCountsBefore(before))) {
      // The oldest five minutes are gone; on to the next.
    }
  }
  return {
    tidy: async () => {
      await tidyConclusions(clock.now())
      await tidyObservations(clock.now() - observationsKeptFor)
    },
    close: () => health.close(),
  }
}
