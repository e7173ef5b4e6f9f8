import type { InTransaction } from '#database/open.ts'
import type { Clock } from '#kernel/clock.ts'
import { day, minute } from '#kernel/duration.ts'
import type { Stores } from './stores.ts'

export type HousekeepingDeps = {
  readonly clock: Clock
  readonly inTransaction: InTransaction<Stores>
  /** The daily look at the networks, as far as one is due. */
  readonly checkNetworks: () => Promise<void>
  readonly onError: (error: unknown) => void
}

const every = 10 * minute
/** Old links still explain themselves for a while: used, expired, replaced by a newer one. */
const linksExplainedFor = 30 * day
const attemptsExplainedFor = day
const fatesKnownFor = 7 * day
const observationsKeptFor = 8 * day
const evidenceKeptFor = day
const incidentsKeptFor = 90 * day
/** SQLite deletes while the whole server waits: what there is most of goes in portions, each a transaction. */
const deletedAtOnce = 200

/** Removes what is of no use any more, so that no table grows with the visitors. */
export async function tidy({ clock, inTransaction }: Pick<HousekeepingDeps, 'clock' | 'inTransaction'>): Promise<void> {
  const now = clock.now()
  await inTransaction(async (stores) => {
    await stores.dependants.onSessionsEnded(await stores.sessions.deletePast(now))
    await stores.artifacts.deletePast(now)
    await stores.attempts.deletePast(now - attemptsExplainedFor)
    await stores.evidence.deleteBefore(now - evidenceKeptFor)
    await stores.incidents.endForgotten(now)
    await stores.incidents.deleteEndedBefore(now - incidentsKeptFor)
    await stores.knownBrowsers.deletePast(now)
    await stores.mailedLinks.deletePast(now - linksExplainedFor)
    await stores.outbox.deleteDoneBefore(now - fatesKnownFor)
    await stores.pendingLinks.deletePast(now)
    await stores.pendingSignIns.deletePast(now)
    await stores.throttle.deletePast(now)
  })
  const before = now - observationsKeptFor
  let areLeft = true
  while (areLeft) {
    const deleted = await inTransaction(({ observations }) => observations.deleteSomeBefore(before, deletedAtOnce))
    areLeft = deleted === deletedAtOnce
  }
  while (await inTransaction(({ observations }) => observations.deleteOldestCountsBefore(before))) {
    // The oldest five minutes are gone; on to the next.
  }
}

/** @returns what stops it */
export function startHousekeeping(deps: HousekeepingDeps): () => void {
  const timer = setInterval(() => {
    tidy(deps).catch(deps.onError)
    deps.checkNetworks().catch(deps.onError)
  }, every)
  timer.unref()
  return () => clearInterval(timer)
}
