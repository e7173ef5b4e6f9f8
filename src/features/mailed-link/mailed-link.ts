import { day } from '#kernel/duration.ts'
import type { AccountId } from '#kernel/id.ts'

/** What the holder of a link may do: a link of one purpose is nothing for another one. */
export type LinkPurpose =
  /** Prove an address and make a profile for it. */
  | 'sign-up'
  /** Set a new password. */
  | 'reset-password'
  /** Set the first password of a profile that signs in through a network, and connect the address. */
  | 'first-password'
  /** Confirm a network that was linked before the address was proved. */
  | 'confirm-network'

/** Proof of an address under way: bound to purpose, account and address, re-checked where it is acted upon. */
export type MailedLink = {
  readonly id: string
  readonly purpose: LinkPurpose
  /** Null before an account exists. */
  readonly accountId: AccountId | null
  readonly canonical: string
  readonly display: string
  readonly details: LinkDetails
  readonly createdAt: number
  readonly expiresAt: number
  readonly consumedAt: number | null
  readonly supersededAt: number | null
}

export type LinkDetails = {
  /** Path to go on to afterwards. */
  readonly continueTo?: string
  readonly providerId?: string
  readonly subject?: string
}

export type LinkState = 'valid' | 'used' | 'expired' | 'superseded'

/** NIST SP 800-63B-4, 4.2.1.2: at most 24 hours by e-mail. */
export const linkLifetime = day

export function stateOf(link: MailedLink, now: number): LinkState {
  if (link.consumedAt !== null) return 'used'
  if (link.supersededAt !== null) return 'superseded'
  return link.expiresAt > now ? 'valid' : 'expired'
}
