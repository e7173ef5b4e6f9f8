import { minute, second } from '#kernel/duration.ts'
import type { NewObservation, Reason, Step } from './observation.ts'

/** Observations that are judged together: a provider may be reachable and still issue no tokens. */
export type Stream =
  /** Our server can reach it. */
  | 'contact'
  | 'token'
  /** Codes that visitors brought are exchanged for tokens. Visitors choose the code, so they can cause a failure. */
  | 'answer'
  | 'user-data'
  /** Browsers can reach it. */
  | 'reach'
  /** People come back from it with a valid response. */
  | 'return'

/** Counts of one stream. Each second counts once, no matter how many attempts it had, since failures come in bursts. */
export type StreamCounts = {
  /** Good and bad seconds, decayed with a half-life of two minutes. */
  readonly good: number
  readonly bad: number
  readonly at: number
  /** Seconds in a row with the same result. */
  readonly run: number
  readonly runOf: 'good' | 'failed' | 'mixed'
  /** Share of bad seconds when the run began. */
  readonly before: number
  /** Reason of the last failure. */
  readonly reason: Reason | null
}

export type Evidence = Readonly<Partial<Record<Stream, StreamCounts>>>

/** The result of one second of one stream. */
export type Vote = {
  readonly stream: Stream
  readonly at: number
  /** Shares from 0 to 1. Slow counts as bad, but not as failed. */
  readonly bad: number
  readonly failed: number
  readonly reason: Reason | null
}

const halfLife = 2 * minute
/** Seconds that a node may lag behind. A larger difference means that the clock was set back. */
const maximumLag = 3

const empty: StreamCounts = { good: 0, bad: 0, at: 0, run: 0, runOf: 'mixed', before: 0, reason: null }

export function shareOfBad({ good, bad }: Pick<StreamCounts, 'good' | 'bad'>): number {
  return bad === 0 ? 0 : bad / (good + bad)
}

/** @returns the evidence with the vote added */
export function withVote(evidence: Evidence, vote: Vote): Evidence {
  const counts = evidence[vote.stream] ?? empty
  const runOf = vote.bad === 0 ? 'good' : vote.failed === 1 ? 'failed' : 'mixed'
  if (runOf === counts.runOf && isCounted(counts, vote)) return evidence
  const decay = 0.5 ** (Math.max(0, vote.at - counts.at) / halfLife)
  const continues = runOf === counts.runOf && runOf !== 'mixed'
  return {
    ...evidence,
    [vote.stream]: {
      good: counts.good * decay + 1 - vote.bad,
      bad: counts.bad * decay + vote.bad,
      at: Math.max(counts.at, vote.at),
      run: runOf === 'mixed' ? 0 : continues ? counts.run + 1 : 1,
      runOf,
      before: continues ? counts.before : shareOfBad(counts),
      reason: vote.bad > 0 ? vote.reason : counts.reason,
    },
  }
}

/** Whether another node, or an earlier batch, has already counted this second. */
function isCounted(counts: StreamCounts, vote: Vote): boolean {
  const seconds = Math.floor(counts.at / second) - Math.floor(vote.at / second)
  return seconds >= 0 && seconds <= maximumLag
}

/** Resets a stream after an incident: only the good seconds since then count. */
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

type VotingObservation = Pick<NewObservation, 'step' | 'outcome' | 'reason' | 'at'> &
  Partial<Pick<NewObservation, 'reference' | 'reportedBy'>>

/** The votes of observations in order of time: one for each stream and second. Neutral observations have no vote. */
export function votesOf(observations: readonly VotingObservation[]): readonly Vote[] {
  const unusable = new Set(observations.filter(isUnusable).map(({ reference }) => reference))
  const counted = observations.filter(
    ({ step, outcome, reference }) =>
      outcome !== 'neutral' && !(step === 'return' && outcome === 'good' && unusable.has(reference)),
  )
  const seconds = Map.groupBy(
    counted.flatMap((each) => streamsOf(each).map((stream) => ({ ...each, stream }))),
    ({ stream, at }) => `${stream} ${Math.floor(at / second)}`,
  )
  return [...seconds.values()].map(voteOf).toSorted((a, b) => a.at - b.at)
}

/** A response that our server could not use, but which the browser may have made up. */
function isUnusable({ step, reportedBy, reason }: VotingObservation): boolean {
  return reportedBy !== undefined && (step === 'user-data' || (step === 'token' && reason !== 'error'))
}

/**
 * A good return shows that the browser reached the provider, too. Only tokens that our server got, or requested by
 * itself and did not get, count for `token`; a visitor's code that was rejected counts only for `answer`. An unusable
 * response is a failed return.
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
