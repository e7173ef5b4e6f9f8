/** How often a step had a result within a bucket of time. */
export type Count = {
  /** Time divided by the bucket's width, rounded down. */
  readonly bucket: number
  readonly step: string
  readonly outcome: string
  readonly reason: string | null
  readonly count: number
}

/** How attempts ended. */
export const endings = ['got-in', 'turned-back', 'not-returned', 'failed'] as const

export type Ending = (typeof endings)[number]

export type EndingCounts = Readonly<Record<Ending, number>>

export const noAttempts: EndingCounts = { 'got-in': 0, 'turned-back': 0, 'not-returned': 0, failed: 0 }

type StepCount = Pick<Count, 'step' | 'outcome' | 'reason' | 'count'>

/**
 * Derives how attempts ended from the counts of their steps. Coming back with an answer counts as got-in, minus the
 * answers that our server then failed to redeem. So attempts need not be followed from step to step.
 */
export function endingCountsOf(counts: readonly StepCount[]): EndingCounts {
  const sum = { ...noAttempts }
  for (const { step, outcome, reason, count } of counts) {
    const succeeded = reason === null || outcome === 'slow'
    if (step === 'return') sum[succeeded ? 'got-in' : endingOf(reason)] += count
    if (succeeded || step === 'return' || step === 'probe') continue
    sum.failed += count
    if (step === 'token' || step === 'user-data') sum['got-in'] -= count
  }
  return { ...sum, 'got-in': Math.max(0, sum['got-in']) }
}

function endingOf(reason: string | null): Ending {
  if (reason === 'cancelled') return 'turned-back'
  return reason === 'not-returned' ? 'not-returned' : 'failed'
}

export function attemptsIn(counts: EndingCounts): number {
  return endings.reduce((sum, ending) => sum + counts[ending], 0)
}

export function sumOf(all: readonly EndingCounts[]): EndingCounts {
  const sum = { ...noAttempts }
  for (const counts of all) for (const ending of endings) sum[ending] += counts[ending]
  return sum
}

/** Buckets of equal width up to now. */
export type Window = { readonly width: number; readonly first: number; readonly buckets: number }

/** The last `buckets` buckets. The newest is not over yet. */
export function windowUntil(now: number, width: number, buckets: number): Window {
  return { width, buckets, first: Math.floor(now / width) - buckets + 1 }
}

/** Counts for each bucket, including those without attempts. */
export function seriesOf(counts: readonly Count[], { first, buckets }: Window): readonly EndingCounts[] {
  const byBucket = Map.groupBy(counts, ({ bucket }) => bucket)
  return Array.from({ length: buckets }, (_, index) => endingCountsOf(byBucket.get(first + index) ?? []))
}

/** The smallest duration that covers this share of all; undefined if there are none. */
export function percentile(durations: readonly number[], share: number): number | undefined {
  return durations.toSorted((a, b) => a - b)[Math.ceil(durations.length * share) - 1]
}

export type ReportedIncident = {
  readonly id: string
  readonly providerId: string
  /** Empty if it affects everybody. */
  readonly clientNetwork: string
  readonly state: 'troubled' | 'down'
  readonly reason: string
  readonly since: number
  readonly endedAt: number | null
  readonly evidence: {
    readonly stream: string
    readonly good: number
    readonly bad: number
    readonly run: number
  }
}

/** An observation of an attempt. */
export type SeenStep = {
  readonly providerId: string
  readonly at: number
  readonly step: string
  readonly outcome: string
  readonly reason: string | null
  readonly milliseconds: number | null
  readonly clientNetwork: string
}
