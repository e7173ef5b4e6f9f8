/**
 * What is counted, each with labels of few values: ids of networks that are set up, and words of ours. Nothing that a
 * visitor chooses becomes one.
 */
export type Counted = {
  readonly einlass_sign_in_attempts_total: {
    readonly method: 'password' | 'network' | 'mailed-link'
    /** Empty where no network is involved. */
    readonly network: string
    readonly outcome: SignInOutcome
  }
  readonly einlass_network_incidents_total: {
    readonly network: string
    readonly state: 'troubled' | 'down'
  }
}

/** How an attempt to sign in ended; all but the first three are why a network did not let the person in. */
export const signInOutcomes = [
  'signed-in',
  'failed',
  'not-returned',
  'cancelled',
  'refused',
  'unreachable',
  'unreachable-here',
  'slow',
  'nonsense',
  'error',
  'expired',
  'not-this-browser',
  'cookies-blocked',
  'clock',
  'disabled',
] as const

export type SignInOutcome = (typeof signInOutcomes)[number]

export type Counter = keyof Counted

/** Counters in memory: as cheap as they can be, since they are kept whether or not anybody asks for them. */
export type Counters = {
  readonly count: <Name extends Counter>(name: Name, labels: Counted[Name]) => void
  readonly read: (name: Counter) => readonly { readonly labels: Readonly<Record<string, string>>; value: number }[]
}

export function createCounters(): Counters {
  const counters = new Map<string, { name: Counter; labels: Readonly<Record<string, string>>; value: number }>()
  return {
    count: (name, labels) => {
      const key = `${name} ${Object.values(labels).join(' ')}`
      const counter = counters.get(key)
      if (counter) counter.value += 1
      else counters.set(key, { name, labels, value: 1 })
    },
    read: (name) => [...counters.values()].filter((counter) => counter.name === name),
  }
}
