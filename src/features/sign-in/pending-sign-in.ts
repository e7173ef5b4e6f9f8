import type { Proof } from '#features/session/index.ts'
import { minute } from '#kernel/duration.ts'
import type { AccountId } from '#kernel/id.ts'

/** A sign-in that needs another proof: bound to the browser that began it, one for each browser. */
export type PendingSignIn = {
  /** Keyed hash of the browser's own cookie. */
  readonly browserHash: string
  readonly accountId: AccountId
  /** The proofs so far, in order. */
  readonly proofs: readonly Proof[]
  /** Where the person was going. */
  readonly continueTo: string
  readonly expiresAt: number
}

export const pendingSignInLifetime = 10 * minute
