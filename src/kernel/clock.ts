/** Wall-clock time in milliseconds since 1970-01-01T00:00:00Z. The only place that asks the machine. */
export type Clock = { readonly now: () => number }

export const systemClock: Clock = { now: () => Date.now() }
