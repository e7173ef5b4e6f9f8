import type { FailureReason } from '#features/provider/index.ts'
import { second } from '#kernel/duration.ts'
import { type Health, healthFrom } from './health.ts'
import type { IncidentStore } from './incident.store.ts'
import type { Incident } from './incident.ts'
import type { NewObservation } from './observation.ts'
import type { OverrideStore } from './override.store.ts'
import type { Override } from './override.ts'
import { probePause } from './probe-pause.ts'
import { type RecordObservationsDeps, recordObservations, type Suspicion } from './record-observations.ts'

type Watched = { readonly id: string }

export type HealthWatchDeps<Provider extends Watched, Stores extends RecordStores> = RecordObservationsDeps<Stores> & {
  readonly read: { readonly incidents: IncidentStore; readonly overrides: OverrideStore }
  /** Networks that are switched on. */
  readonly providers: () => Promise<readonly Provider[]>
  /** Asks a network, for tokens or only whether it is there, without anybody waiting. Never throws. */
  readonly probe: (provider: Provider, asksForTokens: boolean) => Promise<readonly NewObservation[]>
  /** Starts that nobody came back from in time. */
  readonly overdue: () => Promise<readonly NewObservation[]>
  readonly onError: (error: unknown) => void
}

type RecordStores = Parameters<RecordObservationsDeps['onIncidentChange']>[0]

/** What this node knows of the networks, and what it does about it. */
export type HealthWatch = {
  /** Takes note; it is written down within a second, and nobody waits for it. */
  readonly observe: (seen: NewObservation) => void
  /** Of those that are not well: for everybody, or from one client network. */
  readonly health: (clientNetwork?: string) => ReadonlyMap<string, Health>
  /**
   * The breaker: why nobody is sent to the network now, if so. While it is down somebody is sent every few seconds, to
   * find out whether it still is.
   * @param wouldGo whether somebody who is not skipped goes there now; only those use up the try
   */
  readonly breakerFor: (providerId: string, wouldGo?: boolean) => FailureReason | undefined
  /** Writes down what was noted, and looks what other nodes have found. */
  readonly settle: () => Promise<void>
  /** Asks networks that were not heard of for long, and looks for people who have not come back. */
  readonly lookAfter: () => Promise<void>
  /** Does both again and again. */
  readonly start: () => void
  readonly close: () => Promise<void>
}

const settledEvery = second
const lookedAfterEvery = 2 * second
/** Half-open: a trial every ten seconds. */
const trialEvery = 10 * second
/** When the database is away for long, the oldest are dropped: these are statistics. */
const pendingAtMost = 20_000
/** What is written down in one transaction: longer ones hold others up, and a statement takes only so many values. */
const recordedAtOnce = 1_000

export function createHealthWatch<Provider extends Watched, Stores extends RecordStores>(
  deps: HealthWatchDeps<Provider, Stores>,
): HealthWatch {
  let pending: NewObservation[] = []
  let incidents: readonly Incident[] = []
  let overrides: readonly Override[] = []
  let suspicions: ReadonlyMap<string, Suspicion | undefined> = new Map()
  let lastSettle = Promise.resolve()
  const lastTrials = new Map<string, number>()
  const lastProbes = new Map<string, number>()
  const stops: (() => void)[] = []

  const forEverybody = (providerId: string) =>
    incidents.find((incident) => incident.providerId === providerId && incident.clientNetwork === '')

  const recordPending = async () => {
    while (pending.length > 0) {
      const taken = pending.splice(0, recordedAtOnce)
      try {
        suspicions = new Map([...suspicions, ...(await recordObservations(deps, taken))])
      } catch (error) {
        pending = [...taken, ...pending].slice(-pendingAtMost)
        throw error
      }
    }
  }
  const settleOnce = async () => {
    try {
      await recordPending()
    } finally {
      // What operators decided holds here whatever can be written down.
      overrides = await deps.read.overrides.list(deps.clock.now())
      incidents = await deps.read.incidents.listOpen()
    }
  }
  // One after the other: what is noted meanwhile is for the next time.
  const settle = () => {
    lastSettle = lastSettle.catch(() => {}).then(settleOnce)
    return lastSettle
  }
  const probe = async (provider: Provider) => {
    const stream = forEverybody(provider.id)?.evidence.stream
    const asksForTokens = stream === 'token' || stream === 'answer' || suspicions.get(provider.id) === 'tokens'
    for (const seen of await deps.probe(provider, asksForTokens)) pending.push(seen)
  }
  const lookAfter = async () => {
    for (const seen of await deps.overdue()) pending.push(seen)
    const now = deps.clock.now()
    for (const provider of await deps.providers()) {
      const isWell = !forEverybody(provider.id) && !suspicions.get(provider.id)
      const last = lastProbes.get(provider.id)
      if (last !== undefined && isWithin(probePause(isWell, deps.random), last, now)) continue
      lastProbes.set(provider.id, now)
      // A network is not asked at the moment we start: nobody knows yet whether anybody wants it.
      if (last !== undefined) probe(provider).catch(deps.onError)
    }
  }
  return {
    observe: (seen) => {
      pending.push(seen)
    },
    health: (clientNetwork) => healthFrom(incidents, overrides, clientNetwork, deps.clock.now()),
    breakerFor: (providerId, wouldGo = true) => {
      const now = deps.clock.now()
      const incident = forEverybody(providerId)
      const isDown = healthFrom(incidents, overrides, undefined, now).get(providerId)?.state === 'down'
      if (!incident || !isDown) return undefined
      if (!wouldGo || isWithin(trialEvery, lastTrials.get(providerId) ?? 0, now))
        return incident.reason === 'not-returned' ? 'unreachable' : incident.reason
      lastTrials.set(providerId, now)
      return undefined
    },
    settle,
    lookAfter,
    start: () => {
      stops.push(repeat(settledEvery, () => settle().catch(deps.onError)))
      stops.push(repeat(lookedAfterEvery, () => lookAfter().catch(deps.onError)))
    },
    close: async () => {
      for (const stop of stops) stop()
      await settle().catch(deps.onError)
    },
  }
}

/** An instant that is still to come was written down before the clock was set back: it holds nothing up. */
function isWithin(pause: number, last: number, now: number): boolean {
  return last <= now && now - last < pause
}

/** @returns what stops it */
function repeat(pause: number, work: () => Promise<void>): () => void {
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  const next = () => {
    if (stopped) return
    timer = setTimeout(() => work().then(next), pause)
    timer.unref()
  }
  next()
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}
