/** A counter as Prometheus knows it; the feature that counts declares it. */
export type Counter<Label extends string = string> = {
  readonly name: string
  readonly help: string
  readonly labels: readonly Label[]
}

/** One sample: a label has few values, ids that are set up or words of ours, and never what a visitor chooses. */
export type Sample = { readonly labels: Readonly<Record<string, string>>; value: number }

/** Counters in memory: as cheap as they can be, since they are kept whether or not anybody scrapes them. */
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
