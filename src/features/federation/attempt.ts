import { minute } from '#kernel/duration.ts'
import type { SessionId } from '#kernel/id.ts'

/** Why a person goes to the network. */
export type AttemptPurpose = 'sign-in' | 'link' | 'step-up'

/** One trip of a browser to a network and back. */
export type Attempt = {
  /** Keyed hash of the `state` parameter. The state itself is not stored. */
  readonly stateHash: string
  readonly providerId: string
  readonly browserHash: string
  readonly purpose: AttemptPurpose
  /** The session to link to or to step up. */
  readonly sessionId: SessionId | null
  readonly continueTo: string
  readonly clientNetwork: string
  /** JSON of `Checks`, encrypted. */
  readonly checks: string
  /** Shown to the person on failure, for support requests. */
  readonly reference: string
  readonly createdAt: number
  readonly expiresAt: number
  readonly consumedAt: number | null
  /** A `Failure`, or what the attempt led to. */
  readonly outcome: string | null
  /** The network's own error code, if it sent one. */
  readonly code: string | null
}

export const attemptLifetime = 10 * minute
