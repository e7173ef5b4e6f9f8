import { day, hour, minute } from '../../../kernel/duration.ts'
import type { Provider } from '../../provider/index.ts'
import {
  attemptsIn,
  type Count,
  percentile,
  type ReportedIncident,
  seriesOf,
  sumOf,
  type Tally,
  type Window,
  windowUntil,
} from './network-report.ts'
import { type NetworkState, type ShowNetworksDeps, stateOf } from './show-networks.ts'

export const spans = ['day', 'week'] as const

export type Span = (typeof spans)[number]

/** For the whole network, and for the small picture of one client network. */
const stretches: Readonly<Record<Span, { width: number; small: number; length: number }>> = {
  day: { width: 5 * minute, small: 30 * minute, length: day },
  week: { width: hour, small: 4 * hour, length: 7 * day },
}

const clientNetworksShown = 20

export type ClientNetworkLine = { readonly name: string; readonly sum: Tally; readonly series: readonly Tally[] }

/** How often each step ended in each way. */
export type StepLine = {
  readonly step: string
  readonly outcome: string
  readonly reason: string | null
  count: number
}

export type Latency = { readonly step: string; readonly half: number; readonly most: number }

export type ShownNetwork = {
  readonly id: string
  readonly name: string
  readonly now: NetworkState
  readonly span: Span
  readonly window: Window
  readonly until: number
  readonly series: readonly Tally[]
  readonly sum: Tally
  readonly steps: readonly StepLine[]
  readonly clientNetworks: readonly ClientNetworkLine[]
  readonly latencies: readonly Latency[]
  readonly incidents: readonly ReportedIncident[]
}

/** One network, looked at closely. */
export async function showNetwork(deps: ShowNetworksDeps, provider: Provider, span: Span): Promise<ShownNetwork> {
  const { read, clock } = deps
  const { id, name } = provider
  const until = clock.now()
  const { width, small, length } = stretches[span]
  const window = windowUntil(until, width, length / width)
  const after = window.first * width
  const [counts, overrides, incidents, durations, worst] = await Promise.all([
    read.networkReport.countsOfNetwork(id, width, after),
    read.overrides.list(until),
    read.networkReport.incidents(after, id),
    read.networkReport.durations(id, after),
    read.networkReport.worstClientNetworks(id, after, clientNetworksShown),
  ])
  const ofClients = await read.networkReport.countsOfClientNetworks(id, worst, small, after)
  const series = seriesOf(counts, window)
  const smallWindow = windowUntil(until, small, length / small)
  return {
    ...{ id, name, span, window, until, series, incidents },
    now: stateOf(
      provider,
      incidents.filter(({ endedAt }) => endedAt === null),
      overrides,
    ),
    sum: sumOf(series),
    steps: stepsIn(counts),
    clientNetworks: worst.map((name) => lineOf(name, ofClients, smallWindow)).filter(({ sum }) => attemptsIn(sum) > 0),
    latencies: ['token', 'user-data'].flatMap((step) => {
      const ofStep = durations.filter((each) => each.step === step)
      const half = percentile(ofStep, 0.5)
      const most = percentile(ofStep, 0.95)
      return half === undefined || most === undefined ? [] : [{ step, half, most }]
    }),
  }
}

function lineOf(name: string, counts: readonly Count[], window: Window): ClientNetworkLine {
  const series = seriesOf(
    counts.filter(({ clientNetwork }) => clientNetwork === name),
    window,
  )
  return { name, series, sum: sumOf(series) }
}

const order = ['start', 'browser', 'return', 'token', 'user-data']

function stepsIn(counts: readonly Count[]): readonly StepLine[] {
  const lines = new Map<string, StepLine>()
  for (const { step, outcome, reason, count } of counts) {
    const key = `${step} ${outcome} ${reason}`
    const line = lines.get(key) ?? { step, outcome, reason, count: 0 }
    line.count += count
    lines.set(key, line)
  }
  return [...lines.values()].toSorted((a, b) => order.indexOf(a.step) - order.indexOf(b.step) || b.count - a.count)
}
