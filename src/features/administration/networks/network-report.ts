/** How often one step ended in one way within one bucket of time. */
export type Count = {
  /** Instants divided by the bucket's width, rounded down. */
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

export const nothing: EndingCounts = { 'got-in': 0, 'turned-back': 0, 'not-returned': 0, failed: 0 }

type Ended = Pick<Count, 'step' | 'outcome' | 'reason' | 'count'>

/**
 * Attempts by how they ended, from what was seen of their steps. Whoever came back with an answer got in, unless our
 * server then failed to redeem it: so no attempt has to be followed from step to step.
 */
export function endingCountsOf(counts: readonly Ended[]): EndingCounts {
  const sum = { ...nothing }
  for (const { step, outcome, reason, count } of counts) {
    const wentWell = reason === null || outcome === 'slow'
    if (step === 'return') sum[wentWell ? 'got-in' : endingOf(reason)] += count
    if (wentWell || step === 'return' || step === 'probe') continue
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
  const sum = { ...nothing }
  for (const counts of all) for (const ending of endings) sum[ending] += counts[ending]
  return sum
}

/** Equal stretches of time up to now. */
export type Window = { readonly width: number; readonly first: number; readonly buckets: number }

/** The last so many stretches; the newest one is still running. */
export function windowUntil(now: number, width: number, buckets: number): Window {
  return { width, buckets, first: Math.floor(now / width) - buckets + 1 }
}

/** One counts for each stretch, those without attempts included. */
export function seriesOf(counts: readonly Count[], { first, buckets }: Window): readonly EndingCounts[] {
  const byBucket = Map.groupBy(counts, ({ bucket }) => bucket)
  return Array.from({ length: buckets }, (_, index) => endingCountsOf(byBucket.get(first + index) ?? []))
}

/** The duration that a share of all stays within; undefined when there are none. */
export function percentile(durations: readonly number[], share: number): number | undefined {
  return durations.toSorted((a, b) => a - b)[Math.ceil(durations.length * share) - 1]
}

export type ReportedIncident = {
  readonly id: string
  readonly providerId: string
  /** Empty: for everybody. */
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

/** One thing that was seen of an attempt. */
export type SeenStep = {
  readonly providerId: string
  readonly at: number
  readonly step: string
  readonly outcome: string
  readonly reason: string | null
  readonly milliseconds: number | null
  readonly clientNetwork: string
}
