import { AsyncLocalStorage } from 'node:async_hooks'
import type { InTransaction } from '#database/open.ts'
import type { Clock } from '#kernel/clock.ts'
import { minute, second } from '#kernel/duration.ts'
import type { Random } from '#kernel/random.ts'
import type { Secrets } from '#kernel/secret.ts'
import type { Timers } from '#kernel/timers.ts'
import { discard } from './channel.ts'
import type { Due, OutboxStore } from './outbox.store.ts'
import { PermanentRefusal, type Transport, transport } from './transport.ts'

export type OutboxWorkerDeps = {
  readonly inTransaction: InTransaction<{ readonly outbox: OutboxStore }>
  readonly clock: Clock
  readonly timers: Timers
  readonly random: Random
  readonly secrets: Secrets
  readonly transports: readonly Transport[]
  readonly onError: (error: unknown) => void
}

const lease = 2 * minute
const batchSize = 5
const pollEvery = 2 * second
const wakeDelay = 20
const firstBackoff = 5 * second
const longestBackoff = 5 * minute

/** 5 s, 10 s, 20 s … 5 min, each with a random jitter of up to minus 50 %, so that retries do not come all at once. */
export function backoff(random: Random, attempts: number): number {
  const wait = Math.min(longestBackoff, firstBackoff * 2 ** Math.min(attempts - 1, 10))
  return Math.round(wait / 2 + random.below(Math.round(wait / 2)))
}

export type OutboxWorker = {
  readonly wake: () => void
  /** Sends everything that is due. Resolves when there is nothing left to claim. */
  readonly drain: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Sends due messages: when woken after a commit, and by polling every two seconds for rows of other nodes. */
export function startOutboxWorker(deps: OutboxWorkerDeps): OutboxWorker {
  const transports = [...deps.transports, transport(discard, async () => {})]
  const workers = [...Map.groupBy(transports, ({ lane }) => lane).values()].map((lane) => startLane(deps, lane))
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

function startLane(deps: OutboxWorkerDeps, transports: readonly Transport[]): OutboxWorker {
  // Detaches the worker from the async context of the request that wakes it.
  const outside = AsyncLocalStorage.snapshot()
  let closed = false
  let running: Promise<void> | undefined
  let again = false
  let cancel = () => {}

  const drain = (): Promise<void> => {
    again = running !== undefined
    running ??= (async () => {
      do {
        again = false
        while (!closed && (await sendDue(deps, transports)) > 0);
      } while (again && !closed)
    })().finally(() => {
      running = undefined
    })
    return running
  }
  const schedule = (delay: number) => {
    cancel()
    if (closed) return
    const cancelMine = deps.timers.after(delay, () => {
      drain()
        .catch(deps.onError)
        // If it was woken in the meantime, an earlier run is already scheduled.
        .finally(() => cancel === cancelMine && schedule(pollEvery))
    })
    cancel = cancelMine
  }
  schedule(pollEvery)
  return {
    wake: () => outside(schedule, wakeDelay),
    drain,
    close: async () => {
      closed = true
      cancel()
      await running
    },
  }
}

async function sendDue(deps: OutboxWorkerDeps, transports: readonly Transport[]): Promise<number> {
  const now = deps.clock.now()
  const channels = transports.map(({ channel }) => channel)
  const due = await deps.inTransaction((stores) => stores.outbox.claim(channels, now, now + lease, batchSize))
  await Promise.all(due.map((row) => sendOne(deps, transports, row)))
  return due.length
}

async function sendOne(deps: OutboxWorkerDeps, transports: readonly Transport[], row: Due): Promise<void> {
  const settle = await attempt(deps, transports, row)
  await deps.inTransaction(({ outbox }) => settle(outbox))
}

type Settle = (outbox: OutboxStore) => Promise<void>

async function attempt(deps: OutboxWorkerDeps, transports: readonly Transport[], row: Due): Promise<Settle> {
  if (deps.clock.now() >= row.expiresAt) return (outbox) => outbox.expired(row, deps.clock.now())
  try {
    const text = deps.secrets.decrypt('outbox', row.payload)
    await transports.find(({ channel }) => channel === row.channel)?.deliver(row.id, text)
    return (outbox) => outbox.accepted(row, deps.clock.now())
  } catch (error) {
    deps.onError(error)
    const reason = String(error instanceof Error ? error.message : error).slice(0, 500)
    return error instanceof PermanentRefusal
      ? (outbox) => outbox.refused(row, deps.clock.now(), reason)
      : (outbox) => outbox.retryAt(row, deps.clock.now() + backoff(deps.random, row.attempts), reason)
  }
}
