import { minute, second } from '#kernel/duration.ts'
import type { NewObservation as Noted, Reason, Step } from './observation.ts'

/** What is judged by itself: a network may be there and still give no tokens. */
export type Stream =
  /** Our server reaches it. */
  | 'contact'
  | 'token'
  /** What visitors brought was taken for tokens: they choose what that is, so that a fault may be their doing. */
  | 'answer'
  | 'user-data'
  /** Browsers reach it. */
  | 'reach'
  /** People come back from it, with an answer that is one. */
  | 'return'

/** What is remembered of one stream. Every second counts once, however many attempts it saw: bursts fail together. */
export type StreamCounts = {
  /** Seconds that went well and that did not, each halved every two minutes. */
  readonly good: number
  readonly bad: number
  readonly at: number
  /** How many seconds in a row went all the same way. */
  readonly run: number
  readonly runOf: 'good' | 'failed' | 'mixed'
  /** Share of bad ones when the run began. */
  readonly before: number
  /** Why it failed last. */
  readonly reason: Reason | null
}

export type Evidence = Readonly<Partial<Record<Stream, StreamCounts>>>

/** How one second of one stream went. */
export type Vote = {
  readonly stream: Stream
  readonly at: number
  /** Shares from 0 to 1; what was slow is bad but not failed. */
  readonly bad: number
  readonly failed: number
  readonly reason: Reason | null
}

const halfLife = 2 * minute
/** Seconds by which nodes tell later than others. More than that, and the clock was set back. */
const toldLateAtMost = 3

const empty: StreamCounts = { good: 0, bad: 0, at: 0, run: 0, runOf: 'mixed', before: 0, reason: null }

export function shareOfBad({ good, bad }: Pick<StreamCounts, 'good' | 'bad'>): number {
  return bad === 0 ? 0 : bad / (good + bad)
}

/** @returns the evidence with one more vote in it */
export function withVote(evidence: Evidence, vote: Vote): Evidence {
  const counts = evidence[vote.stream] ?? empty
  const runOf = vote.bad === 0 ? 'good' : vote.failed === 1 ? 'failed' : 'mixed'
  if (runOf === counts.runOf && isCounted(counts, vote)) return evidence
  const faded = 0.5 ** (Math.max(0, vote.at - counts.at) / halfLife)
  const goesOn = runOf === counts.runOf && runOf !== 'mixed'
  return {
    ...evidence,
    [vote.stream]: {
      good: counts.good * faded + 1 - vote.bad,
      bad: counts.bad * faded + vote.bad,
      at: Math.max(counts.at, vote.at),
      run: runOf === 'mixed' ? 0 : goesOn ? counts.run + 1 : 1,
      runOf,
      before: goesOn ? counts.before : shareOfBad(counts),
      reason: vote.bad > 0 ? vote.reason : counts.reason,
    },
  }
}

/** Other nodes, or what was written down a moment ago, have told of the same second. */
function isCounted(counts: StreamCounts, vote: Vote): boolean {
  const seconds = Math.floor(counts.at / second) - Math.floor(vote.at / second)
  return seconds >= 0 && seconds <= toldLateAtMost
}

/** After an incident: only what went well since counts. */
export function cleared(evidence: Evidence, stream: Stream): Evidence {
  const counts = evidence[stream]
  return counts ? { ...evidence, [stream]: { ...counts, good: counts.run, bad: 0, before: 0 } } : evidence
}

const streams: Readonly<Record<Step, Stream>> = {
  start: 'contact',
  probe: 'contact',
  token: 'token',
  'user-data': 'user-data',
  browser: 'reach',
  return: 'return',
}

type VotingObservation = Pick<Noted, 'step' | 'outcome' | 'reason' | 'at'> &
  Partial<Pick<Noted, 'reference' | 'reportedBy'>>

/** The votes of some observations, in order: one for each stream and second. Neutral ones have none. */
export function votesOf(observations: readonly VotingObservation[]): readonly Vote[] {
  const unusable = new Set(observations.filter(isUnusable).map(({ reference }) => reference))
  const telling = observations.filter(
    ({ step, outcome, reference }) =>
      outcome !== 'neutral' && !(step === 'return' && outcome === 'good' && unusable.has(reference)),
  )
  const seconds = Map.groupBy(
    telling.flatMap((each) => streamsOf(each).map((stream) => ({ ...each, stream }))),
    ({ stream, at }) => `${stream} ${Math.floor(at / second)}`,
  )
  return [...seconds.values()].map(voteOf).toSorted((a, b) => a.at - b.at)
}

/** An answer that our server could not use, but that the browser may have made up. */
function isUnusable({ step, reportedBy, reason }: VotingObservation): boolean {
  return reportedBy !== undefined && (step === 'user-data' || (step === 'token' && reason !== 'error'))
}

/**
 * Who came back was there: a return says both. Tokens that our server got, or asked for itself and did not get, say
 * whether there are any; what a visitor brought in vain says less. An answer that is of no use is a return that failed.
 */
function streamsOf(seen: VotingObservation): readonly Stream[] {
  if (isUnusable(seen)) return ['return']
  if (seen.step === 'return' && seen.outcome === 'good') return ['return', 'reach']
  if (seen.step === 'token') return seen.reportedBy === undefined ? ['token', 'answer'] : ['answer']
  return [streams[seen.step]]
}

function voteOf(seen: readonly (VotingObservation & { readonly stream: Stream })[]): Vote {
  const bad = seen.filter(({ outcome }) => outcome !== 'good')
  const failed = seen.filter(({ outcome }) => outcome === 'failed')
  return {
    stream: seen[0]?.stream ?? 'contact',
    at: seen[0]?.at ?? 0,
    bad: bad.length / seen.length,
    failed: failed.length / seen.length,
    reason: bad.at(-1)?.reason ?? null,
  }
}
