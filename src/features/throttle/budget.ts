/** A rate limit. Each feature declares its own. */
export type Budget = {
  /** Part of the counter's key: renaming a budget resets its counters. */
  readonly name: string
  /** How many attempts may come at once. */
  readonly burst: number
  /** Milliseconds until one more attempt is granted. */
  readonly every: number
}

export function budget(name: string, { burst, every }: Pick<Budget, 'burst' | 'every'>): Budget {
  return { name, burst, every }
}
