import type { Proof } from '#features/session/index.ts'
import { minute } from '#kernel/duration.ts'
import type { AccountId } from '#kernel/id.ts'

/** A sign-in that needs another proof. Bound to the browser that started it, one per browser. */
export type PendingSignIn = {
  /** Keyed hash of the browser cookie. */
  readonly browserHash: string
  readonly accountId: AccountId
  /** The proofs given so far, in order. */
  readonly proofs: readonly Proof[]
  /** Where to continue after the sign-in. */
  readonly continueTo: string
  readonly expiresAt: number
}

export const pendingSignInLifetime = 10 * minute
