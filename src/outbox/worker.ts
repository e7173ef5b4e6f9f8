import { AsyncLocalStorage } from 'node:async_hooks'
import type { InTransaction } from '#database/open.ts'
import type { Clock } from '#kernel/clock.ts'
import { minute, second } from '#kernel/duration.ts'
import type { Random } from '#kernel/random.ts'
import type { Secrets } from '#kernel/secret.ts'
import type { Channel, MessageByChannel } from './enqueue.ts'
import type { Due, OutboxStore } from './outbox.store.ts'

/** The receiver said no for good: another try would get the same answer. */
export class PermanentRefusal extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.name = 'PermanentRefusal'
  }
}

/**
 * Sends one message; resolves when the receiver has taken it over.
 * @param id the same on every try, so that a receiver can recognise a repetition
 * @throws PermanentRefusal when trying again is of no use; any other error means later
 */
export type Deliver<Name extends Channel> = (id: string, message: MessageByChannel[Name]) => Promise<void>

export type Transports = { readonly [Name in Channel]?: Deliver<Name> }

export type OutboxWorkerDeps = {
  readonly inTransaction: InTransaction<{ readonly outbox: OutboxStore }>
  readonly clock: Clock
  readonly random: Random
  readonly secrets: Secrets
  readonly transports: Transports
  readonly onError: (error: unknown) => void
}

/** Each lane is worked off by itself: portals that do not answer hold up no mail that somebody waits for. */
const lanes: Readonly<Record<Channel, 'people' | 'portals'>> = {
  email: 'people',
  sms: 'people',
  recovery: 'people',
  'sign-up': 'people',
  nowhere: 'people',
  logout: 'portals',
}
const lease = 2 * minute
const atOnce = 5
const pollEvery = 2 * second
const wakeDelay = 20
const firstWait = 5 * second
const longestWait = 5 * minute

/** 5 s, 10 s, 20 s … 5 min, each shortened by up to a half by chance, so that many do not come back at once. */
export function backoff(random: Random, attempts: number): number {
  const wait = Math.min(longestWait, firstWait * 2 ** Math.min(attempts - 1, 10))
  return Math.round(wait / 2 + random.below(Math.round(wait / 2)))
}

export type OutboxWorker = {
  readonly wake: () => void
  /** Sends what is due now; resolves when nothing is left to claim. */
  readonly drain: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Sends what is due: after a commit that woke it, and every two seconds for what other nodes left. */
export function startOutboxWorker(deps: OutboxWorkerDeps): OutboxWorker {
  const workers = [...Map.groupBy(Object.entries(lanes), ([, lane]) => lane).values()].map((entries) =>
    startLane(
      deps,
      entries.map(([channel]) => channel),
    ),
  )
  return {
    wake: () => {
      for (const worker of workers) worker.wake()
    },
    drain: async () => {
      await Promise.all(workers.map((worker) => worker.drain()))
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.close()))
    },
  }
}

function startLane(deps: OutboxWorkerDeps, channels: readonly string[]): OutboxWorker {
  // Whoever wakes it has nothing to do with what it sends.
  const outside = AsyncLocalStorage.snapshot()
  let closed = false
  let running: Promise<void> | undefined
  let again = false
  let timer: NodeJS.Timeout | undefined

  const drain = (): Promise<void> => {
    again = running !== undefined
    running ??= (async () => {
      do {
        again = false
        while (!closed && (await sendDue(deps, channels)) > 0);
      } while (again && !closed)
    })().finally(() => {
      running = undefined
    })
    return running
  }
  const schedule = (delay: number) => {
    clearTimeout(timer)
    if (closed) return
    const mine = setTimeout(() => {
      drain()
        .catch(deps.onError)
        // Woken meanwhile, it is already to come sooner.
        .finally(() => timer === mine && schedule(pollEvery))
    }, delay)
    timer = mine.unref()
  }
  schedule(pollEvery)
  return {
    wake: () => outside(schedule, wakeDelay),
    drain,
    close: async () => {
      closed = true
      clearTimeout(timer)
      await running
    },
  }
}

async function sendDue(deps: OutboxWorkerDeps, channels: readonly string[]): Promise<number> {
  const now = deps.clock.now()
  const due = await deps.inTransaction((stores) => stores.outbox.claim(channels, now, now + lease, atOnce))
  await Promise.all(due.map((row) => sendOne(deps, row)))
  return due.length
}

async function sendOne(deps: OutboxWorkerDeps, row: Due): Promise<void> {
  const verdict = await attempt(deps, row)
  await deps.inTransaction(({ outbox }) => verdict(outbox))
}

const nowhere: Deliver<'nowhere'> = async () => {}

type Settle = (outbox: OutboxStore) => Promise<void>

async function attempt(deps: OutboxWorkerDeps, row: Due): Promise<Settle> {
  if (deps.clock.now() >= row.expiresAt) return (outbox) => outbox.expired(row, deps.clock.now())
  try {
    const deliver = row.channel === 'nowhere' ? nowhere : deps.transports[row.channel as Channel]
    if (!deliver) throw new Error(`no transport for ${row.channel}`)
    await deliver(row.id, JSON.parse(deps.secrets.decrypt('outbox', row.payload)))
    return (outbox) => outbox.accepted(row, deps.clock.now())
  } catch (error) {
    deps.onError(error)
    const said = String(error instanceof Error ? error.message : error).slice(0, 500)
    return error instanceof PermanentRefusal
      ? (outbox) => outbox.refused(row, deps.clock.now(), said)
      : (outbox) => outbox.retryAt(row, deps.clock.now() + backoff(deps.random, row.attempts), said)
  }
}
