import type { Finding, Provider, ProviderCheckStore, ProviderStore } from '#features/provider/index.ts'
import type { Override, OverrideStore } from '#features/provider-health/index.ts'
import type { Clock } from '#kernel/clock.ts'
import { minute } from '#kernel/duration.ts'
import { mapYielding } from './map-yielding.ts'
import type { NetworkReportStore } from './network-report.store.ts'
import {
  type EndingCounts,
  endingCountsOf,
  type ReportedIncident,
  seriesOf,
  sumOf,
  type Window,
  windowUntil,
} from './network-report.ts'

export type ShowNetworksDeps = {
  readonly clock: Clock
  readonly read: {
    readonly networkReport: NetworkReportStore
    readonly overrides: OverrideStore
    readonly providerChecks: ProviderCheckStore
    readonly providers: ProviderStore
  }
}

/** The current state of a network, and its source. */
export type NetworkState = {
  readonly state: 'works' | 'troubled' | 'down' | 'off' | 'removed'
  readonly reason?: string
  readonly since?: number
  /** End of the override, if there is one. */
  readonly until?: number
}

export type NetworkLine = {
  readonly id: string
  readonly name: string
  readonly logo: string
  readonly now: NetworkState
  readonly hour: EndingCounts
  readonly day: EndingCounts
  readonly series: readonly EndingCounts[]
  readonly secretExpiresAt: number | null
  readonly findings: readonly Finding[]
}

const hourBuckets = { width: 5 * minute, buckets: 12 }
const dayBuckets = { width: 30 * minute, buckets: 48 }

/** Loads all networks, in the order in which they were added. */
export async function showNetworks({ clock, read }: ShowNetworksDeps): Promise<readonly NetworkLine[]> {
  const now = clock.now()
  const ofHour = windowUntil(now, hourBuckets.width, hourBuckets.buckets)
  const ofDay = windowUntil(now, dayBuckets.width, dayBuckets.buckets)
  const [providers, incidents, overrides, checks] = await Promise.all([
    read.providers.list(),
    read.networkReport.openIncidents(),
    read.overrides.list(now),
    read.providerChecks.list(),
  ])
  const countsIn = (id: string, { width, first, buckets }: Window) =>
    read.networkReport.counts(id, width, first * width, (first + buckets) * width)
  return mapYielding(providers, async (provider) => {
    const { id, name, logo, secretExpiresAt } = provider
    const series = seriesOf(await countsIn(id, ofDay), ofDay)
    return {
      ...{ id, name, logo, secretExpiresAt, series },
      now: stateOf(provider, incidents, overrides),
      hour: endingCountsOf(await countsIn(id, ofHour)),
      day: sumOf(series),
      findings: checks.find(({ providerId }) => providerId === id)?.findings ?? [],
    }
  })
}

/** An operator's override takes precedence over observed incidents. */
export function stateOf(
  { id, enabled }: Provider,
  incidents: readonly ReportedIncident[],
  overrides: readonly Override[],
): NetworkState {
  if (!enabled) return { state: 'removed' }
  const override = overrides.find(({ providerId }) => providerId === id)
  if (override) return { state: override.state, since: override.setAt, until: override.until }
  const incident = incidents.find(({ providerId, clientNetwork }) => providerId === id && clientNetwork === '')
  if (!incident) return { state: 'works' }
  const { state, reason, since } = incident
  return { state, reason, since }
}
