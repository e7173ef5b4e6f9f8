import type { InTransaction } from '#database/open.ts'
import type { Clock } from '#kernel/clock.ts'
import type { ThrottleStore } from './throttle.store.ts'

export type ThrottleFeatureDeps = {
  readonly clock: Clock
  readonly inTransaction: InTransaction<{ readonly throttle: ThrottleStore }>
}

/** Rate limits. */
export function throttle({ clock, inTransaction }: ThrottleFeatureDeps) {
  return { tidy: () => inTransaction(({ throttle }) => throttle.deletePast(clock.now())) }
}
