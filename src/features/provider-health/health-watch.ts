import type { FailureReason } from '#features/provider/index.ts'
import { second } from '#kernel/duration.ts'
import { repeat, type Timers } from '#kernel/timers.ts'
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
  readonly timers: Timers
  readonly read: { readonly incidents: IncidentStore; readonly overrides: OverrideStore }
  /** Enabled providers. */
  readonly providers: () => Promise<readonly Provider[]>
  /** Probes a provider in the background, with a token request or a ping. Never throws. */
  readonly probe: (provider: Provider, asksForTokens: boolean) => Promise<readonly NewObservation[]>
  /** Collects abandoned attempts. */
  readonly overdue: () => Promise<readonly NewObservation[]>
  readonly onError: (error: unknown) => void
}

type RecordStores = Parameters<RecordObservationsDeps['onIncidentChange']>[0]

/** This node's view of the providers' health. */
export type HealthWatch = {
  /** Queues an observation, which is written within a second. */
  readonly observe: (seen: NewObservation) => void
  /** The providers that are not healthy: for everybody, or also for one client network. */
  readonly health: (clientNetwork?: string) => ReadonlyMap<string, Health>
  /**
   * The circuit breaker. While it is open, one attempt is let through every few seconds, as a trial.
   * @param wouldGo whether the caller sends a person to the network now if it may; only that uses up a trial
   * @returns why nobody is sent to the network now; undefined if the breaker is closed or this is a trial
   */
  readonly breakerFor: (providerId: string, wouldGo?: boolean) => FailureReason | undefined
  /** Writes the queued observations, and reads incidents and overrides, which other nodes may have changed. */
  readonly settle: () => Promise<void>
  /** Probes the providers that are due, and collects abandoned attempts. */
  readonly poll: () => Promise<void>
  /** Repeats `settle` and `poll` until `close`. */
  readonly start: () => void
  readonly close: () => Promise<void>
}

const settleInterval = second
const pollInterval = 2 * second
/** Half-open: one trial every ten seconds. */
const trialInterval = 10 * second
/** If the database is down for long, the oldest observations are dropped: they are only statistics. */
const maximumPending = 20_000
/** Observations per transaction: longer transactions block others, and a statement has a maximum of parameters. */
const batchSize = 1_000

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

  const globalIncident = (providerId: string) =>
    incidents.find((incident) => incident.providerId === providerId && incident.clientNetwork === '')

  const recordPending = async () => {
    while (pending.length > 0) {
      const taken = pending.splice(0, batchSize)
      try {
        suspicions = new Map([...suspicions, ...(await recordObservations(deps, taken))])
      } catch (error) {
        pending = [...taken, ...pending].slice(-maximumPending)
        throw error
      }
    }
  }
  const settleOnce = async () => {
    try {
      await recordPending()
    } finally {
      // Overrides must take effect even if observations cannot be written.
      overrides = await deps.read.overrides.list(deps.clock.now())
      incidents = await deps.read.incidents.listOpen()
    }
  }
  // Serialized: observations that arrive meanwhile are for the next run.
  const settle = () => {
    lastSettle = lastSettle.catch(() => {}).then(settleOnce)
    return lastSettle
  }
  const probe = async (provider: Provider) => {
    const stream = globalIncident(provider.id)?.evidence.stream
    const asksForTokens = stream === 'token' || stream === 'answer' || suspicions.get(provider.id) === 'tokens'
    for (const seen of await deps.probe(provider, asksForTokens)) pending.push(seen)
  }
  const poll = async () => {
    for (const seen of await deps.overdue()) pending.push(seen)
    const now = deps.clock.now()
    for (const provider of await deps.providers()) {
      const isHealthy = !globalIncident(provider.id) && !suspicions.get(provider.id)
      const last = lastProbes.get(provider.id)
      if (last !== undefined && isWithin(probePause(isHealthy, deps.random), last, now)) continue
      lastProbes.set(provider.id, now)
      // Not at startup: the first probe is due after a full pause.
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
      const incident = globalIncident(providerId)
      const isDown = healthFrom(incidents, overrides, undefined, now).get(providerId)?.state === 'down'
      if (!incident || !isDown) return undefined
      if (!wouldGo || isWithin(trialInterval, lastTrials.get(providerId) ?? 0, now))
        return incident.reason === 'not-returned' ? 'unreachable' : incident.reason
      lastTrials.set(providerId, now)
      return undefined
    },
    settle,
    poll,
    start: () => {
      stops.push(repeat(deps.timers, settleInterval, () => settle().catch(deps.onError)))
      stops.push(repeat(deps.timers, pollInterval, () => poll().catch(deps.onError)))
    },
    close: async () => {
      for (const stop of stops) stop()
      await settle().catch(deps.onError)
    },
  }
}

/** Whether less than the pause has passed. A time in the future dates from before the clock was set back: ignored. */
function isWithin(pause: number, last: number, now: number): boolean {
  return last <= now && now - last < pause
}
