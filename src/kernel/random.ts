import { randomBytes, randomInt } from 'node:crypto'

/** Randomness from the system's CSPRNG. Always passed as an argument, so that tests are repeatable. */
export type Random = {
  readonly bytes: (length: number) => Buffer
  /** An integer from 0 to `below`, exclusive. */
  readonly below: (below: number) => number
}

export const systemRandom: Random = {
  bytes: (length) => randomBytes(length),
  below: (below) => randomInt(below),
}
