/** Wall-clock time in milliseconds since 1970-01-01T00:00:00Z. The only place that reads the system clock. */
export type Clock = { readonly now: () => number }

export const systemClock: Clock = { now: () => Date.now() }
