import { day, hour, minute } from '#kernel/duration.ts'
import type { AccountId, SessionId } from '#kernel/id.ts'
import type { Proof } from './proof.ts'

/** A browser that is remembered as signed in. */
export type Session = {
  readonly id: SessionId
  readonly accountId: AccountId
  readonly proofs: readonly Proof[]
  /** Browser and system in words, for the list of devices. */
  readonly device: string
  /** The network it was made from, coarse: /24 or /48. */
  readonly clientNetwork: string
  readonly createdAt: number
  readonly lastSeenAt: number
  readonly idleExpiresAt: number
  readonly expiresAt: number
}

/** NIST SP 800-63B-4, 2.1.3: at AAL1 an overall limit of at most 30 days. */
export const absoluteLimit = 30 * day
export const idleLimit = 7 * day
/** How old the last-seen instant may grow before it is written again. */
export const seenResolution = hour
/** A change of a way in needs a proof younger than this. */
const freshFor = 10 * minute

/** Whether the session rests on a proof fresh enough to change a way in. */
export function isFresh(session: Session, now: number): boolean {
  return session.proofs.some((proof) => now - proof.provenAt < freshFor)
}
