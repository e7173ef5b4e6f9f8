import type { VNode } from 'preact'
import { AttemptsPage } from '#features/administration/networks/attempts.page.tsx'
import { NetworkPage } from '#features/administration/networks/network.page.tsx'
import type { EndingCounts, ReportedIncident } from '#features/administration/networks/network-report.ts'
import { NetworksPage } from '#features/administration/networks/networks.page.tsx'
import type { ShownNetwork } from '#features/administration/networks/show-network.ts'
import type { NetworkLine, NetworkState } from '#features/administration/networks/show-networks.ts'
import { operatorChangedEmail } from '#features/administration/operators/operator-changed.email.tsx'
import { day, hour, minute } from '#kernel/duration.ts'
import type { Locale } from '#kernel/locale.ts'
import type { Mail } from '#ui/mail-layout.tsx'
import type { View } from '#ui/view.ts'

const now = Date.UTC(2026, 10, 22, 9, 42)

/** More attempts by day than by night. Between `from` and `to` most of them fail. */
function course(buckets: number, most: number, from = 1, to = 0): readonly EndingCounts[] {
  return Array.from({ length: buckets }, (_, index) => {
    const all = Math.round(most * (0.55 - 0.45 * Math.cos((index / buckets) * 2 * Math.PI)) * (0.8 + (index % 5) / 20))
    const failed = index >= from * buckets && index < to * buckets ? Math.round(all * 0.8) : Math.floor(all / 30)
    const back = Math.floor((all - failed) / 12)
    const counts = { 'turned-back': back, 'not-returned': Math.floor(back / 2), failed }
    return { ...counts, 'got-in': all - back - counts['not-returned'] - failed }
  })
}

const sum = (series: readonly EndingCounts[], key: keyof EndingCounts) =>
  series.reduce((total, counts) => total + counts[key], 0)
const summed = (series: readonly EndingCounts[]): EndingCounts => ({
  'got-in': sum(series, 'got-in'),
  'turned-back': sum(series, 'turned-back'),
  'not-returned': sum(series, 'not-returned'),
  failed: sum(series, 'failed'),
})

function line(id: string, name: string, state: NetworkState, more: Partial<NetworkLine> = {}): NetworkLine {
  const series = course(48, 40, state.state === 'works' ? 1 : 0.8, state.state === 'works' ? 0 : 1)
  const hourly = summed(series.slice(-2))
  const rest = { secretExpiresAt: null, findings: [] }
  return { id, name, logo: id, now: state, hour: hourly, day: summed(series), series, ...rest, ...more }
}

const nothing = course(48, 0)

const networks: readonly NetworkLine[] = [
  line('google', 'Google', { state: 'works' }),
  line('x', 'X', { state: 'down', reason: 'unreachable', since: now - 42 * minute }),
  line(
    'apple',
    'Apple',
    { state: 'works' },
    { findings: [{ code: 'secret-expires', severity: 'error', at: now - day }] },
  ),
  line('github', 'GitHub', { state: 'troubled', since: now - 5 * minute, until: now + day }),
  line('club', 'Vereins-Anmeldung Nordhessen-Waldeck', { state: 'works' }, { hour: summed(nothing), series: nothing }),
]

const incident: ReportedIncident = {
  ...{ id: 'a', providerId: 'x', clientNetwork: '', state: 'down', reason: 'unreachable' },
  ...{ since: now - 5 * hour, endedAt: now - 4 * hour, evidence: { stream: 'contact', good: 2.2, bad: 6.8, run: 5 } },
}

const series = course(288, 12, 0.79, 0.83)
const small = course(48, 6, 0.79, 0.83)

const network: ShownNetwork = {
  ...{ id: 'x', name: 'X', now: { state: 'works' }, span: 'day', until: now, series, sum: summed(series) },
  window: { width: 5 * minute, first: Math.floor(now / (5 * minute)) - 287, buckets: 288 },
  steps: [
    { step: 'start', outcome: 'good', reason: null, count: 1_204 },
    { step: 'start', outcome: 'failed', reason: 'unreachable', count: 61 },
    { step: 'return', outcome: 'good', reason: 'cancelled', count: 88 },
  ],
  clientNetworks: ['203.0.113.0/24', '2001:db8:77::/48'].map((name) => ({ name, series: small, sum: summed(small) })),
  latencies: [{ step: 'token', median: 210, p95: 870 }],
  incidents: [incident, { ...incident, id: 'b', clientNetwork: '203.0.113.0/24', state: 'troubled', endedAt: null }],
}

const seen = { providerId: 'x', clientNetwork: '203.0.113.0/24', outcome: 'good', reason: null, milliseconds: 120 }

export function adminPages(locale: Locale): Record<string, VNode> {
  const view: View = { locale, csrfToken: 'csrf', path: '/admin/networks', signedInAs: 'Anna Berg' }
  const reference = 'K7QF-3M2P'
  const steps = [
    { ...seen, at: now, step: 'start' },
    { ...seen, at: now + 8_300, step: 'token', outcome: 'failed', reason: 'nonsense', milliseconds: 842 },
  ]
  const recorded = [{ at: now + 8_310, event: 'federation.attempt-refused', reason: 'refused', code: 'invalid_scope' }]
  const off: NetworkState = { state: 'off', since: now, until: now + hour }
  return {
    'admin-networks': <NetworksPage view={view} networks={networks} />,
    'admin-networks-none': <NetworksPage view={view} networks={[]} />,
    'admin-network': <NetworkPage view={view} network={network} />,
    'admin-network-off': <NetworkPage view={view} network={{ ...network, now: off }} notice="override-set" />,
    'admin-attempts': <AttemptsPage view={view} typed="K7QF" />,
    'admin-attempts-none': <AttemptsPage view={view} typed={reference} reference={reference} />,
    'admin-attempt': (
      <AttemptsPage
        view={view}
        typed={reference}
        reference={reference}
        attempt={{ reference, network: { id: 'x', name: 'X' }, steps, recorded }}
      />
    ),
  }
}

export function adminMails(locale: Locale): Record<string, Mail> {
  const mail = { locale, at: now, publicUrl: 'https://id.example.org' }
  return {
    'operator-granted': operatorChangedEmail({ ...mail, change: 'granted' }),
    'operator-revoked': operatorChangedEmail({ ...mail, change: 'revoked' }),
  }
}
