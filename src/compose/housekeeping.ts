import { minute } from '#kernel/duration.ts'
import { repeat, type Timers } from '#kernel/timers.ts'

export type HousekeepingDeps = {
  readonly timers: Timers
  /** Deletion of expired rows, one task per feature, so that no table grows without bound. */
  readonly tasks: readonly (() => Promise<unknown>)[]
  readonly onError: (error: unknown) => void
}

export type Housekeeping = {
  /** Runs all tasks now, one after the other. A failing task does not stop the others. */
  readonly tidy: () => Promise<void>
  readonly close: () => void
}

const interval = 10 * minute

export function startHousekeeping({ timers, tasks, onError }: HousekeepingDeps): Housekeeping {
  const tidy = async () => {
    for (const task of tasks) await task().catch(onError)
  }
  return { tidy, close: repeat(timers, interval, tidy) }
}
