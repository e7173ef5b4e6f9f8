import type { Clock } from '#kernel/clock.ts'

/** When things happened last, as far back as it matters. */
export type Instants = {
  readonly of: (key: string) => number | undefined
  readonly note: (key: string) => void
}

const atMost = 10_000

/** Kept in memory: what is older than `keptFor`, and the oldest of too many, is forgotten. */
export function recentInstants(clock: Clock, keptFor: number): Instants {
  const instants = new Map<string, number>()
  const isRecent = (at: number) => clock.now() - at < keptFor
  const forgetOld = () => {
    for (const [key, at] of instants) {
      if (isRecent(at) && instants.size <= atMost) return
      instants.delete(key)
    }
  }
  return {
    of: (key) => {
      const at = instants.get(key)
      return at !== undefined && isRecent(at) ? at : undefined
    },
    note: (key) => {
      // In the order of their instants, so that the oldest come first.
      instants.delete(key)
      instants.set(key, clock.now())
      forgetOld()
    },
  }
}
