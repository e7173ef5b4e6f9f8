import { migrate, openConnection, type Queryable, withStores } from '#database/open.ts'
import { auditStore } from '#features/audit/index.ts'
import { abandoned, observeStep } from '#features/federation/observe-steps.ts'
import type { FailureReason } from '#features/provider/index.ts'
import {
  createHealthWatch,
  evidenceStore,
  type HealthWatch,
  type Incident,
  type IncidentChange,
  incidentStore,
  observationStore,
  overrideStore,
} from '#features/provider-health/index.ts'
import { throttleStore } from '#features/throttle/index.ts'
import { hour, minute, second } from '#kernel/duration.ts'
import { newId, newReference } from '#kernel/id.ts'
import { systemRandom } from '#kernel/random.ts'
import { createSecrets } from '#kernel/secret.ts'
import { systemTimers } from '#kernel/timers.ts'

/** The condition of a network at a point of simulated time. */
export type Weather = {
  /** Share of our server's requests that fail. */
  readonly contactFails?: number
  readonly tokenFails?: number
  /** Milliseconds that the token endpoint takes. */
  readonly tokenTakes?: number
  /** Whether browsers in this client network reach it. */
  readonly isBlocked?: (clientNetwork: string) => boolean
}

export type Scenario = {
  readonly name: string
  /** Attempts per second at this time. */
  readonly rate: (at: number) => number
  readonly weather: (at: number) => Weather
  /** Milliseconds. */
  readonly lasts: number
  /** Share of people who close the window at the network; `cancels` is the share who cancel there. */
  readonly walksAway?: number
  readonly cancels?: number
  /** Share of browsers that run our script. */
  readonly withScript?: number
  readonly clientNetworks?: number
}

export type Simulated = {
  /** Incident changes, with the number of failed attempts since the trouble began. */
  readonly turns: readonly (IncidentChange & { readonly at: number; readonly failedBefore: number })[]
  /** Incidents of client networks only. */
  readonly here: readonly Incident[]
  /** Failed attempts of a client network when its incident was detected. */
  readonly failedHereBefore: ReadonlyMap<string, number>
  readonly attempts: number
  readonly skipped: number
}

/** A seeded random number in [0, 1) (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** The trouble starts after ten minutes and lasts for twenty. */
export const begins = 10 * minute
export const ends = 30 * minute
export const playedFor = 40 * minute

const ordinaryError = 0.01
const everybodyElse = { walksAway: 0.2, cancels: 0.05, withScript: 0.9, clientNetworks: 400 }

type Attempt = Parameters<typeof abandoned>[0] & { overdueAt: number }
type Event = { readonly at: number; readonly run: () => void }

const bind = (db: Queryable) => ({
  audit: auditStore(db),
  evidence: evidenceStore(db),
  incidents: incidentStore(db),
  observations: observationStore(db),
  overrides: overrideStore(db),
  throttle: throttleStore(db),
})

/**
 * Simulates sign-ins through one network, second by second, with the real health watch and a database in memory.
 */
export async function simulate(scenario: Scenario, seed = 1): Promise<Simulated> {
  const chance = seeded(seed)
  const given = { ...everybodyElse, ...scenario }
  let now = 0
  const clock = { now: () => now }
  const random = { bytes: systemRandom.bytes, below: (below: number) => Math.floor(chance() * below) }
  const secrets = createSecrets([Buffer.alloc(32, 1)], systemRandom)
  const connection = await openConnection('sqlite::memory:', () => {})
  await migrate(connection)
  const database = withStores(connection, bind)

  const events: Event[] = []
  const turns: Simulated['turns'][number][] = []
  const failedHere = new Map<string, number>()
  const failedHereBefore = new Map<string, number>()
  let open: Attempt[] = []
  let failed = 0
  let attempts = 0
  let skipped = 0

  const weather = () => scenario.weather(now)
  const contact = (): FailureReason | null =>
    chance() < (weather().contactFails ?? ordinaryError / 4) ? 'unreachable' : null
  const tokens = (): FailureReason | null => (chance() < (weather().tokenFails ?? ordinaryError) ? 'error' : null)
  const fail = (clientNetwork: string) => {
    if (now >= begins) failed += 1
    failedHere.set(clientNetwork, (failedHere.get(clientNetwork) ?? 0) + 1)
  }
  const health: HealthWatch = createHealthWatch({
    timers: systemTimers,
    clock,
    random,
    secrets,
    read: database.read,
    inTransaction: database.inTransaction,
    providers: async () => [{ id: 'network' }],
    probe: async (_provider, asksForTokens) => {
      const failure = contact() ?? (asksForTokens ? tokens() : null)
      const seen = { providerId: 'network', at: now, milliseconds: 50, clientNetwork: '', reference: null }
      const step = asksForTokens ? 'token' : 'probe'
      return [{ ...seen, step, outcome: failure ? 'failed' : 'good', reason: failure }]
    },
    overdue: async () => {
      const late = open.filter((attempt) => attempt.overdueAt <= now)
      open = open.filter((attempt) => attempt.overdueAt > now)
      return late.map((attempt) => abandoned(attempt, now))
    },
    onIncidentChange: async (_stores, turn) => {
      turns.push({ ...turn, at: now, failedBefore: failed })
    },
    onError: (error) => {
      throw error
    },
  })
  const noting = { clock, health }

  const comeBack = (attempt: Attempt) => {
    open = open.filter((each) => each !== attempt)
    const turnsBack = chance() < given.cancels
    const failure = turnsBack ? null : tokens()
    const isProved = !turnsBack && !failure
    observeStep(noting, attempt, { step: 'return', milliseconds: 0, failure: turnsBack ? 'cancelled' : null, isProved })
    if (turnsBack) return
    if (failure) fail(attempt.clientNetwork)
    observeStep(noting, attempt, { step: 'token', milliseconds: weather().tokenTakes ?? 100, failure })
  }
  const arrive = () => {
    attempts += 1
    const clientNetwork = `10.0.${Math.floor(chance() * given.clientNetworks)}.0/24`
    const of = {
      providerId: 'network',
      clientNetwork,
      reference: newReference(systemRandom),
      browserHash: newId(systemRandom),
    }
    if (health.breakerFor('network')) {
      skipped += 1
      return
    }
    const isBlocked = weather().isBlocked?.(clientNetwork) ?? false
    const looked = chance() < given.withScript
    if (looked) {
      observeStep(noting, of, { step: 'browser', milliseconds: null, failure: isBlocked ? 'unreachable-here' : null })
    }
    // The server's own check continues after the browser's report.
    const failure = contact()
    observeStep(noting, of, { step: 'start', milliseconds: 50, failure })
    if (failure || (isBlocked && looked)) return fail(clientNetwork)
    const attempt = { ...of, overdueAt: now + 45 * second } as Attempt
    open.push(attempt)
    if (isBlocked || chance() < given.walksAway) return
    events.push({ at: now + (5 + 40 * chance() ** 2) * second, run: () => comeBack(attempt) })
  }

  for (; now < scenario.lasts; now += second) {
    let expected = scenario.rate(now)
    while (expected > 0 && chance() < expected) {
      arrive()
      expected -= 1
    }
    for (const event of events.filter(({ at }) => at <= now)) {
      events.splice(events.indexOf(event), 1)
      event.run()
    }
    if (now % (2 * second) === 0) await health.poll()
    await health.settle()
    for (const clientNetwork of failedHere.keys()) {
      if (health.health(clientNetwork).has('network') && !failedHereBefore.has(clientNetwork)) {
        failedHereBefore.set(clientNetwork, failedHere.get(clientNetwork) ?? 0)
      }
    }
  }
  const here = (await database.read.incidents.listSince(0)).filter(({ clientNetwork }) => clientNetwork !== '')
  await health.close()
  await database.close()
  return { turns, here, failedHereBefore, attempts, skipped }
}

export function during(trouble: Weather): Scenario['weather'] {
  return (at) => (at >= begins && at < ends ? trouble : {})
}

/** A low rate at first, one a second after four hours, a low rate again after eight. */
export function dailyRhythm(at: number): number {
  return 0.5 - 0.49 * Math.cos((2 * Math.PI * at) / (8 * hour))
}
