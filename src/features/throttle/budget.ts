/** How often something may be tried. The feature that asks declares it. */
export type Budget = {
  /** Part of the counter's key: a new name starts a new count. */
  readonly name: string
  /** How many tries may come at once. */
  readonly burst: number
  /** Milliseconds after which one more is granted. */
  readonly every: number
}

export function budget(name: string, { burst, every }: Pick<Budget, 'burst' | 'every'>): Budget {
  return { name, burst, every }
}
