import { randomBytes, randomInt } from 'node:crypto'

/** Chance from the system's CSPRNG. An argument wherever it is used, so that tests can be repeated. */
export type Random = {
  readonly bytes: (length: number) => Buffer
  /** An integer from 0 up to but without `below`. */
  readonly below: (below: number) => number
}

export const systemRandom: Random = {
  bytes: (length) => randomBytes(length),
  below: (below) => randomInt(below),
}
