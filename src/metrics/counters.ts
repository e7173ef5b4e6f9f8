/** A Prometheus counter. Declared by the feature that increments it. */
export type Counter<Label extends string = string> = {
  readonly name: string
  readonly help: string
  readonly labels: readonly Label[]
}

/** A sample. Label values must be few: configured ids or constants, never user input. */
export type Sample = { readonly labels: Readonly<Record<string, string>>; value: number }

/** Counters in memory. Cheap, since they are kept even if nothing scrapes them. */
export type Counters = {
  readonly count: <Label extends string>(counter: Counter<Label>, labels: Readonly<Record<Label, string>>) => void
  readonly read: (counter: Counter) => readonly Sample[]
}

export function createCounters(): Counters {
  const byName = new Map<string, Map<string, Sample>>()
  return {
    count: ({ name }, labels) => {
      const samples = byName.get(name) ?? new Map<string, Sample>()
      byName.set(name, samples)
      const key = Object.values(labels).join(' ')
      const sample = samples.get(key)
      if (sample) sample.value += 1
      else samples.set(key, { labels, value: 1 })
    },
    read: ({ name }) => [...(byName.get(name)?.values() ?? [])],
  }
}
