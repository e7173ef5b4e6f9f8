import { type Evidence, type Stream, type StreamCounts, shareOfBad } from './evidence.ts'

/** What the evidence of one stream amounts to. */
export type StreamVerdict = {
  readonly state: 'troubled' | 'down'
  readonly stream: Stream
  readonly counts: StreamCounts
  /** Share of bad ones from now on, as far as it can be told. */
  readonly share: number
}

/** Whose evidence it is: of everybody, or of one client network alone. */
export type Scope = 'everybody' | 'client-network'

/**
 * The share that goes wrong on an ordinary day. People close the window at a network without coming back, and what
 * browsers tell can be made up: there it takes more than half of all to mean something, and from one client network it
 * says something about that one alone.
 */
const ordinary: Readonly<Record<Scope, Readonly<Record<Stream, number>>>> = {
  everybody: { contact: 0.05, token: 0.05, answer: 0.05, 'user-data': 0.05, reach: 0.5, return: 0.5 },
  'client-network': { contact: 0.05, token: 0.05, answer: 0.05, 'user-data': 0.05, reach: 0.05, return: 0.5 },
}

/** Only what our own server met can make a network *down* for everybody: visitors' words never close a way. */
const closing: Readonly<Record<Scope, readonly Stream[]>> = {
  everybody: ['contact', 'token', 'user-data'],
  'client-network': ['reach'],
}

/** Odds of one in a million, in nats: what begins an incident would be that unlikely on an ordinary day. */
const begins = Math.log(1_000_000)
/** One in five thousand: what ends it would be that unlikely if it still went on. It is asked anew after each failure. */
const ends = Math.log(5_000)
/** One in twenty: what is left in the window is no longer remarkable. */
const fadesBelow = Math.log(20)
const inARow = 3
const downFrom = 0.8

/** @returns the worst that the evidence shows, if it shows anything */
export function judge(evidence: Evidence, scope: Scope): StreamVerdict | undefined {
  const verdicts = Object.entries(evidence).flatMap(
    ([name, counts]) => judgeStream(name as Stream, counts, scope) ?? [],
  )
  return verdicts.find(({ state }) => state === 'down') ?? verdicts[0]
}

function judgeStream(stream: Stream, counts: StreamCounts, scope: Scope): StreamVerdict | undefined {
  const usual = ordinary[scope][stream]
  const isRow = counts.runOf === 'failed' && counts.run * -Math.log(Math.max(usual, counts.before)) >= begins
  if (!isRow && surprise(counts, usual) < begins) return undefined
  const share = isRow ? 1 : shareOfBad(counts)
  const failsNow = isRow || (counts.runOf === 'failed' && counts.run >= inARow && share >= downFrom)
  return { state: failsNow && closing[scope].includes(stream) ? 'down' : 'troubled', stream, counts, share }
}

/**
 * How unlikely so many bad ones would be on an ordinary day: the Chernoff bound of the binomial tail, as a negative
 * logarithm.
 */
function surprise({ good, bad }: StreamCounts, usual: number): number {
  const all = good + bad
  const share = shareOfBad({ good, bad })
  if (share <= usual) return 0
  const rest = share < 1 ? (1 - share) * Math.log((1 - share) / (1 - usual)) : 0
  return all * (share * Math.log(share / usual) + rest)
}

/**
 * Whether an incident is over: it went well three times in a row at least, and either so often that this would hardly
 * happen if it still failed as it did when it began, or nothing remarkable is left. Where so many come that something
 * ordinary goes wrong in every second, no row is to be seen: there only the latter counts.
 * @param share of bad ones when it began
 */
export function isOver(evidence: Evidence, stream: Stream, scope: Scope, share: number): boolean {
  const counts = evidence[stream]
  if (!counts || counts.runOf === 'failed') return false
  const isUnremarkable = surprise(counts, ordinary[scope][stream]) < fadesBelow
  if (counts.runOf === 'mixed') return counts.good >= inARow && isUnremarkable
  const failsStill = Math.min(0.95, Math.max(0.1, share))
  return counts.run >= inARow && (counts.run * -Math.log(1 - failsStill) >= ends || isUnremarkable)
}
