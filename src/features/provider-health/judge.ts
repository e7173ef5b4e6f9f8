import { type Evidence, type Stream, type StreamCounts, shareOfBad } from './evidence.ts'

/** What the evidence of one stream shows. */
export type StreamVerdict = {
  readonly state: 'troubled' | 'down'
  readonly stream: Stream
  readonly counts: StreamCounts
  /** Estimated share of bad seconds from now on. */
  readonly share: number
}

/** Whose evidence it is: everybody's, or that of one client network. */
export type Scope = 'everybody' | 'client-network'

/**
 * The usual share of bad seconds. People abandon attempts, and reports of browsers can be forged: there only more than
 * half means something, and evidence of one client network applies only to that client network.
 */
const usualShare: Readonly<Record<Scope, Readonly<Record<Stream, number>>>> = {
  everybody: { contact: 0.05, token: 0.05, answer: 0.05, 'user-data': 0.05, reach: 0.5, return: 0.5 },
  'client-network': { contact: 0.05, token: 0.05, answer: 0.05, 'user-data': 0.05, reach: 0.05, return: 0.5 },
}

/** Only what our server observes can make a network *down* for everybody: visitors' reports never open the breaker. */
const downStreams: Readonly<Record<Scope, readonly Stream[]>> = {
  everybody: ['contact', 'token', 'user-data'],
  'client-network': ['reach'],
}

/** In nats: evidence that begins an incident would be a one-in-a-million event under usual conditions. */
const beginThreshold = Math.log(1_000_000)
/** In nats: evidence that ends one would be a 1-in-5,000 event if it still went on. Tested anew after each failure. */
const endThreshold = Math.log(5_000)
/** In nats: below 1 in 20, the remaining failures are not significant. */
const noiseThreshold = Math.log(20)
const minimumRun = 3
const downShare = 0.8

/** @returns the worst verdict of all streams; undefined if there is none */
export function judge(evidence: Evidence, scope: Scope): StreamVerdict | undefined {
  const verdicts = Object.entries(evidence).flatMap(
    ([name, counts]) => judgeStream(name as Stream, counts, scope) ?? [],
  )
  return verdicts.find(({ state }) => state === 'down') ?? verdicts[0]
}

function judgeStream(stream: Stream, counts: StreamCounts, scope: Scope): StreamVerdict | undefined {
  const usual = usualShare[scope][stream]
  const isFailingRun =
    counts.runOf === 'failed' && counts.run * -Math.log(Math.max(usual, counts.before)) >= beginThreshold
  if (!isFailingRun && surprise(counts, usual) < beginThreshold) return undefined
  const share = isFailingRun ? 1 : shareOfBad(counts)
  const failsNow = isFailingRun || (counts.runOf === 'failed' && counts.run >= minimumRun && share >= downShare)
  return { state: failsNow && downStreams[scope].includes(stream) ? 'down' : 'troubled', stream, counts, share }
}

/**
 * How unlikely this many bad seconds would be under usual conditions, in nats: the Chernoff bound of the binomial tail.
 */
function surprise({ good, bad }: StreamCounts, usual: number): number {
  const all = good + bad
  const share = shareOfBad({ good, bad })
  if (share <= usual) return 0
  const rest = share < 1 ? (1 - share) * Math.log((1 - share) / (1 - usual)) : 0
  return all * (share * Math.log(share / usual) + rest)
}

/**
 * Whether an incident is over: at least three good seconds in a row, and either so many that this would be unlikely if
 * the provider still failed as it did when the incident began, or no significant failures are left. On a busy provider,
 * where a usual failure falls into every second, there are no runs: only the second condition applies.
 * @param share of bad seconds when it began
 */
export function isOver(evidence: Evidence, stream: Stream, scope: Scope, share: number): boolean {
  const counts = evidence[stream]
  if (!counts || counts.runOf === 'failed') return false
  const isInsignificant = surprise(counts, usualShare[scope][stream]) < noiseThreshold
  if (counts.runOf === 'mixed') return counts.good >= minimumRun && isInsignificant
  const assumedShare = Math.min(0.95, Math.max(0.1, share))
  return counts.run >= minimumRun && (counts.run * -Math.log(1 - assumedShare) >= endThreshold || isInsignificant)
}
