import { minute, second } from '#kernel/duration.ts'
import type { Random } from '#kernel/random.ts'

const whenWell = minute
const whenNotWell = 10 * second

/** How long to wait until a network is asked again; never the same, so that nodes and networks do not fall into step. */
export function probePause(isWell: boolean, random: Random): number {
  const pause = isWell ? whenWell : whenNotWell
  return pause * (0.75 + random.below(1_000) / 2_000)
}
