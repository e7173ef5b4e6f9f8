import type { Provider } from '#features/provider/index.ts'
import { day, hour, minute } from '#kernel/duration.ts'
import { mapYielding } from './map-yielding.ts'
import {
  attemptsIn,
  type Count,
  type EndingCounts,
  percentile,
  type ReportedIncident,
  seriesOf,
  sumOf,
  type Window,
  windowUntil,
} from './network-report.ts'
import { type NetworkState, type ShowNetworksDeps, stateOf } from './show-networks.ts'

export const spans = ['day', 'week'] as const

export type Span = (typeof spans)[number]

/** Bucket widths of the chart for the whole network, and of the small charts for client networks. */
const bucketWidths: Readonly<Record<Span, { width: number; small: number; length: number }>> = {
  day: { width: 5 * minute, small: 30 * minute, length: day },
  week: { width: hour, small: 4 * hour, length: 7 * day },
}

/** Time span that is summed up in one query. */
const chunk = 6 * hour

const clientNetworksShown = 20

export type ClientNetworkLine = {
  readonly name: string
  readonly sum: EndingCounts
  readonly series: readonly EndingCounts[]
}

/** How often a step had a result. */
export type StepLine = {
  readonly step: string
  readonly outcome: string
  readonly reason: string | null
  count: number
}

export type Latency = { readonly step: string; readonly median: number; readonly p95: number }

export type ShownNetwork = {
  readonly id: string
  readonly name: string
  readonly now: NetworkState
  readonly span: Span
  readonly window: Window
  readonly until: number
  readonly series: readonly EndingCounts[]
  readonly sum: EndingCounts
  readonly steps: readonly StepLine[]
  readonly clientNetworks: readonly ClientNetworkLine[]
  readonly latencies: readonly Latency[]
  readonly incidents: readonly ReportedIncident[]
}

/** Loads the details of one network. */
export async function showNetwork(deps: ShowNetworksDeps, provider: Provider, span: Span): Promise<ShownNetwork> {
  const { read, clock } = deps
  const { id, name } = provider
  const until = clock.now()
  const { width, small, length } = bucketWidths[span]
  const window = windowUntil(until, width, length / width)
  const after = window.first * width
  const chunks = Array.from({ length: length / chunk }, (_, index) => after + index * chunk)
  const countsByChunk = await mapYielding(chunks, (from) => read.networkReport.counts(id, width, from, from + chunk))
  const counts = countsByChunk.flat()
  const [overrides, incidents] = await Promise.all([
    read.overrides.list(until),
    read.networkReport.incidents(after, id),
  ])
  const series = seriesOf(counts, window)
  return {
    ...{ id, name, span, window, until, series, incidents },
    now: stateOf(
      provider,
      incidents.filter(({ endedAt }) => endedAt === null),
      overrides,
    ),
    sum: sumOf(series),
    steps: stepsIn(counts),
    clientNetworks: await clientNetworkLines(deps, id, windowUntil(until, small, length / small)),
    latencies: await latenciesOf(deps, id, after),
  }
}

async function clientNetworkLines(
  { read: { networkReport } }: ShowNetworksDeps,
  id: string,
  window: Window,
): Promise<readonly ClientNetworkLine[]> {
  const after = window.first * window.width
  const worst = await networkReport.worstClientNetworks(id, after, clientNetworksShown)
  const lines = await mapYielding(worst, async (name) => {
    const series = seriesOf(await networkReport.endingsOfClientNetwork(id, name, window.width, after), window)
    return { name, series, sum: sumOf(series) }
  })
  return lines.filter(({ sum }) => attemptsIn(sum) > 0)
}

async function latenciesOf({ read }: ShowNetworksDeps, id: string, after: number): Promise<readonly Latency[]> {
  const lines = await mapYielding(['token', 'user-data'], async (step) => {
    const durations = await read.networkReport.durations(id, step, after)
    return { step, median: percentile(durations, 0.5), p95: percentile(durations, 0.95) }
  })
  return lines.filter((line): line is Latency => line.median !== undefined)
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
