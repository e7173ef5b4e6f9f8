import type { InTransaction } from '#database/open.ts'
import type { NewObservation } from '#features/provider-health/index.ts'
import type { Clock } from '#kernel/clock.ts'
import { minute, second } from '#kernel/duration.ts'
import type { AttemptStore } from './attempt.store.ts'
import { abandoned } from './observe-steps.ts'

/** Most people are back by then, or never come. */
const expectedWithin = 45 * second
/** What is older was seen by nobody at the time: the server was down. */
const noticedWithin = 10 * minute

export type CollectAbandonedDeps = {
  readonly clock: Clock
  readonly read: { readonly attempts: AttemptStore }
  readonly inTransaction: InTransaction<{ readonly attempts: AttemptStore }>
}

/** The starts that nobody came back from in time, each told once by one node. Who comes back later still gets in. */
export async function collectAbandoned({
  clock,
  read,
  inTransaction,
}: CollectAbandonedDeps): Promise<readonly NewObservation[]> {
  const now = clock.now()
  const from = now - noticedWithin
  const to = now - expectedWithin
  if (!(await read.attempts.anyOpen(from, to))) return []
  const overdue = await inTransaction(({ attempts }) => attempts.markOverdue(from, to))
  return overdue.map((attempt) => abandoned(attempt, now))
}
