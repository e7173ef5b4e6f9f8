import type { Clock } from '#kernel/clock.ts'

/** When something last happened, by key. */
export type Instants = {
  readonly lastAt: (key: string) => number | undefined
  readonly record: (key: string) => void
}

const maximumSize = 10_000

/** In memory. Evicts instants older than `keptFor`, and the oldest beyond the maximum size. */
export function recentInstants(clock: Clock, keptFor: number): Instants {
  const instants = new Map<string, number>()
  const isRecent = (at: number) => clock.now() - at < keptFor
  const evict = () => {
    for (const [key, at] of instants) {
      if (isRecent(at) && instants.size <= maximumSize) return
      instants.delete(key)
    }
  }
  return {
    lastAt: (key) => {
      const at = instants.get(key)
      return at !== undefined && isRecent(at) ? at : undefined
    },
    record: (key) => {
      // Re-inserted, so that the map stays ordered by time.
      instants.delete(key)
      instants.set(key, clock.now())
      evict()
    },
  }
}
