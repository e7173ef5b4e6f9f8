import type { InTransaction } from '#database/open.ts'
import type { NewObservation } from '#features/provider-health/index.ts'
import type { Clock } from '#kernel/clock.ts'
import { minute, second } from '#kernel/duration.ts'
import type { AttemptStore } from './attempt.store.ts'
import { abandoned } from './observe-steps.ts'

/** Most people come back within this time or not at all. */
const expectedWithin = 45 * second
/** Ignores older attempts: the server was down, so the absence says nothing about the network. */
const noticedWithin = 10 * minute

export type CollectAbandonedDeps = {
  readonly clock: Clock
  readonly read: { readonly attempts: AttemptStore }
  readonly inTransaction: InTransaction<{ readonly attempts: AttemptStore }>
}

/** Reports overdue attempts, each once and on one node. Coming back later still works. */
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
