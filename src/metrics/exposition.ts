import type { Registry } from 'prom-client'
import type { Counter, Counters } from './counters.ts'

/** What is looked up when somebody asks. */
export type Gauges = {
  /** All networks that are set up, by their ids. */
  readonly networkStates: () => Promise<ReadonlyMap<string, 'works' | 'troubled' | 'down'>>
  readonly outboxWaiting: () => Promise<number>
}

const definitions: Readonly<Record<Counter, { help: string; labels: readonly string[] }>> = {
  einlass_sign_in_attempts_total: {
    help: 'Attempts to sign in by method, social network and outcome.',
    labels: ['method', 'network', 'outcome'],
  },
  einlass_network_incidents_total: {
    help: 'How often a social network got into trouble or down, as this process found it.',
    labels: ['network', 'state'],
  },
}

const health = { works: 1, troubled: 0.5, down: 0 } as const

export type Exposition = () => Promise<{ readonly type: string; readonly body: string }>

/** The metrics as text (Prometheus exposition format). The library is loaded when they are asked for first. */
export function createExposition(counters: Counters, gauges: Gauges): Exposition {
  let registry: Promise<Registry> | undefined
  return async () => {
    registry ??= createRegistry(counters, gauges)
    const { contentType, metrics } = await registry.then((each) => ({
      contentType: each.contentType,
      metrics: each.metrics(),
    }))
    return { type: contentType, body: await metrics }
  }
}

async function createRegistry(counters: Counters, gauges: Gauges): Promise<Registry> {
  const { collectDefaultMetrics, Counter: PromCounter, Gauge, Registry: PromRegistry } = await import('prom-client')
  const registry = new PromRegistry()
  const registers = [registry]
  for (const [name, { help, labels }] of Object.entries(definitions)) {
    new PromCounter({
      ...{ name, help, registers, labelNames: [...labels] },
      collect() {
        this.reset()
        for (const { labels, value } of counters.read(name as Counter)) this.inc(labels, value)
      },
    })
  }
  new Gauge({
    ...{ name: 'einlass_network_health', registers, labelNames: ['network'] },
    help: 'Social networks for everybody: 1 works, 0.5 in trouble, 0 cannot be reached or is switched off.',
    async collect() {
      const states = await gauges.networkStates()
      this.reset()
      for (const [network, state] of states) this.set({ network }, health[state])
    },
  })
  new Gauge({
    ...{ name: 'einlass_outbox_waiting', registers },
    help: 'Messages that have not been handed over yet.',
    async collect() {
      this.set(await gauges.outboxWaiting())
    },
  })
  collectDefaultMetrics({ register: registry })
  return registry
}
