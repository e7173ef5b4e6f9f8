import type { Clock } from '../../../kernel/clock.ts'
import { day, hour, minute } from '../../../kernel/duration.ts'
import type { Finding, Provider, ProviderCheckStore, ProviderStore } from '../../provider/index.ts'
import type { Override, OverrideStore } from '../../provider-health/index.ts'
import type { NetworkReportStore } from './network-report.store.ts'
import { type ReportedIncident, seriesOf, sumOf, type Tally, tallyOf, windowUntil } from './network-report.ts'

export type ShowNetworksDeps = {
  readonly clock: Clock
  readonly read: {
    readonly networkReport: NetworkReportStore
    readonly overrides: OverrideStore
    readonly providerChecks: ProviderCheckStore
    readonly providers: ProviderStore
  }
}

/** How a network is now, and on whose word. */
export type NetworkState = {
  readonly state: 'works' | 'troubled' | 'down' | 'off' | 'removed'
  readonly reason?: string
  readonly since?: number
  /** Decided by hand, until an instant. */
  readonly until?: number
}

export type NetworkLine = {
  readonly id: string
  readonly name: string
  readonly logo: string
  readonly now: NetworkState
  readonly hour: Tally
  readonly day: Tally
  readonly series: readonly Tally[]
  readonly secretExpiresAt: number | null
  readonly findings: readonly Finding[]
}

const dayInStretches = { width: 30 * minute, buckets: 48 }

/** All networks, in the order in which they were added. */
export async function showNetworks({ clock, read }: ShowNetworksDeps): Promise<readonly NetworkLine[]> {
  const now = clock.now()
  const window = windowUntil(now, dayInStretches.width, dayInStretches.buckets)
  const [providers, incidents, overrides, checks, ofDay, ofHour] = await Promise.all([
    read.providers.list(),
    read.networkReport.openIncidents(),
    read.overrides.list(now),
    read.providerChecks.list(),
    read.networkReport.counts(window.width, now - day),
    read.networkReport.counts(hour, now - hour),
  ])
  return providers.map((provider) => {
    const { id, name, logo, secretExpiresAt } = provider
    const series = seriesOf(
      ofDay.filter((count) => count.providerId === id),
      window,
    )
    return {
      ...{ id, name, logo, secretExpiresAt, series },
      now: stateOf(provider, incidents, overrides),
      hour: tallyOf(ofHour.filter((count) => count.providerId === id)),
      day: sumOf(series),
      findings: checks.find(({ providerId }) => providerId === id)?.findings ?? [],
    }
  })
}

/** What an operator decided goes before what was seen. */
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
