import type { ProviderStore } from '#features/provider/index.ts'
import type { HealthWatch } from '#features/provider-health/index.ts'
import { type Counter, type Counters, createExposition, type Exposition, type Gauge } from '#metrics/index.ts'
import type { OutboxStore } from '#outbox/index.ts'
import { signInAttempts } from './sign-in-attempt.ts'

export const networkIncidents: Counter<'network' | 'state'> = {
  name: 'einlass_network_incidents_total',
  help: 'How often a social network became troubled or down, as this process saw it.',
  labels: ['network', 'state'],
}

export type ExposeMetricsDeps = {
  readonly counters: Counters
  readonly health: Pick<HealthWatch, 'health'>
  readonly read: { readonly outbox: OutboxStore; readonly providers: ProviderStore }
}

/** All metrics of the product. */
export function exposeMetrics(deps: ExposeMetricsDeps): Exposition {
  return createExposition(deps.counters, {
    counters: [signInAttempts, networkIncidents],
    gauges: [networkHealth(deps), outboxWaiting(deps)],
  })
}

/** Off and down are the same: neither lets anybody sign in. */
const values = { works: 1, troubled: 0.5, down: 0, off: 0 } as const

function networkHealth({ health, read }: ExposeMetricsDeps): Gauge {
  return {
    name: 'einlass_network_health',
    help: 'Social networks for everybody: 1 works, 0.5 in trouble, 0 cannot be reached or is switched off.',
    labels: ['network'],
    read: async () => {
      const states = health.health()
      const providers = (await read.providers.list()).filter(({ enabled }) => enabled)
      return providers.map(({ id }) => ({ labels: { network: id }, value: values[states.get(id)?.state ?? 'works'] }))
    },
  }
}

function outboxWaiting({ read }: ExposeMetricsDeps): Gauge {
  return {
    name: 'einlass_outbox_waiting',
    help: 'Messages that have not been handed over yet.',
    labels: [],
    read: async () => [{ labels: {}, value: await read.outbox.countWaiting() }],
  }
}
