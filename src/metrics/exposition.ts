import type { Registry } from 'prom-client'
import type { Counter, Counters, Sample } from './counters.ts'

/** A gauge, read at each scrape. Declared by the feature that provides the value. */
export type Gauge = {
  readonly name: string
  readonly help: string
  readonly labels: readonly string[]
  readonly read: () => Promise<readonly Sample[]>
}

export type Exposed = { readonly counters: readonly Counter[]; readonly gauges: readonly Gauge[] }

export type Exposition = () => Promise<{ readonly type: string; readonly body: string }>

/** The metrics as text (Prometheus exposition format 0.0.4). Loads the library at the first scrape. */
export function createExposition(counters: Counters, exposed: Exposed): Exposition {
  let loading: Promise<Registry> | undefined
  return async () => {
    loading ??= createRegistry(counters, exposed)
    const registry = await loading
    return { type: registry.contentType, body: await registry.metrics() }
  }
}

async function createRegistry(counters: Counters, exposed: Exposed): Promise<Registry> {
  const prometheus = await import('prom-client')
  const registry = new prometheus.Registry()
  const registers = [registry]
  for (const counter of exposed.counters) {
    const { name, help, labels } = counter
    new prometheus.Counter({
      ...{ name, help, registers, labelNames: [...labels] },
      collect() {
        this.reset()
        for (const { labels, value } of counters.read(counter)) this.inc(labels, value)
      },
    })
  }
  for (const { name, help, labels, read } of exposed.gauges) {
    new prometheus.Gauge({
      ...{ name, help, registers, labelNames: [...labels] },
      async collect() {
        const samples = await read()
        this.reset()
        for (const { labels, value } of samples) this.set(labels, value)
      },
    })
  }
  prometheus.collectDefaultMetrics({ register: registry })
  return registry
}
