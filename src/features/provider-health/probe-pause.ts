import { minute, second } from '#kernel/duration.ts'
import type { Random } from '#kernel/random.ts'

const healthyPause = minute
const unhealthyPause = 10 * second

/** The pause until the next probe, with jitter, so that nodes and providers do not synchronize. */
export function probePause(isHealthy: boolean, random: Random): number {
  const pause = isHealthy ? healthyPause : unhealthyPause
  return pause * (0.75 + random.below(1_000) / 2_000)
}
