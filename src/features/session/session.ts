import { day, hour, minute } from '#kernel/duration.ts'
import type { AccountId, SessionId } from '#kernel/id.ts'
import type { Proof } from './proof.ts'

/** A signed-in browser. */
export type Session = {
  readonly id: SessionId
  readonly accountId: AccountId
  readonly proofs: readonly Proof[]
  /** Browser and operating system in words, for the list of devices. */
  readonly device: string
  /** The client network (/24 or /48) in which it was started. */
  readonly clientNetwork: string
  readonly createdAt: number
  readonly lastSeenAt: number
  readonly idleExpiresAt: number
  readonly expiresAt: number
}

/** NIST SP 800-63B-4, 2.1.3: an overall limit of at most 30 days at AAL1. */
export const absoluteLimit = 30 * day
export const idleLimit = 7 * day
/** The last-seen time is only updated when it is older than this. */
export const seenResolution = hour
/** Changing a way in needs a proof younger than this. */
const freshFor = 10 * minute

/** Whether a proof of the session is recent enough to change a way in. */
export function isFresh(session: Session, now: number): boolean {
  return session.proofs.some((proof) => now - proof.provenAt < freshFor)
}
