import { minute } from '#kernel/duration.ts'
import { repeat, type Timers } from '#kernel/timers.ts'

export type HousekeepingDeps = {
  readonly timers: Timers
  /** What each part removes once it has expired, so that no table grows with the visitors. */
  readonly tasks: readonly (() => Promise<unknown>)[]
  readonly onError: (error: unknown) => void
}

export type Housekeeping = {
  /** Does it now, one task after the other; one that fails holds up none of the others. */
  readonly tidy: () => Promise<void>
  readonly close: () => void
}

const every = 10 * minute

export function startHousekeeping({ timers, tasks, onError }: HousekeepingDeps): Housekeeping {
  const tidy = async () => {
    for (const task of tasks) await task().catch(onError)
  }
  return { tidy, close: repeat(timers, every, tidy) }
}
