import { minute } from '#kernel/duration.ts'
import type { SessionId } from '#kernel/id.ts'

/** What a person wants with the network: get in, link it to their profile, or prove once more that it is them. */
export type AttemptPurpose = 'sign-in' | 'link' | 'step-up'

/** One journey of one browser to a network and back. */
export type Attempt = {
  /** The state that the network gives back is stored only as this keyed hash. */
  readonly stateHash: string
  readonly providerId: string
  readonly browserHash: string
  readonly purpose: AttemptPurpose
  /** The session that links or steps up. */
  readonly sessionId: SessionId | null
  readonly continueTo: string
  readonly clientNetwork: string
  /** JSON of `Checks`, encrypted. */
  readonly checks: string
  /** Told to the person when it fails, for questions. */
  readonly reference: string
  readonly createdAt: number
  readonly expiresAt: number
  readonly consumedAt: number | null
  /** What became of it: a `Failure`, or how it went on. */
  readonly outcome: string | null
  /** The network's own word for it, if it gave one. */
  readonly code: string | null
}

export const attemptLifetime = 10 * minute
