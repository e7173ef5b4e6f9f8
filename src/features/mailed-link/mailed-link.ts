import { day } from '#kernel/duration.ts'
import type { AccountId } from '#kernel/id.ts'

/** What a link is for. It is not accepted for any other purpose. */
export type LinkPurpose =
  /** Prove an address and create a profile for it. */
  | 'sign-up'
  /** Set a new password. */
  | 'reset-password'
  /** Set the first password of a profile that signs in through a network, and prove the address. */
  | 'first-password'
  /** Confirm a network that was linked before the address was proved. */
  | 'confirm-network'

/** A pending proof of an address, bound to purpose, account and address. Re-checked when it is used. */
export type MailedLink = {
  readonly id: string
  readonly purpose: LinkPurpose
  /** Null for sign-up, where there is no account yet. */
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
  /** Path to continue to afterwards. */
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
