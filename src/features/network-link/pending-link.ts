import { minute } from '#kernel/duration.ts'
import type { AccountId } from '#kernel/id.ts'

/**
 * An identity whose address already belongs to an account. It is linked only if this browser signs in to that account by
 * another way.
 */
export type PendingLink = {
  readonly id: string
  readonly browserHash: string
  readonly accountId: AccountId
  readonly providerId: string
  readonly subject: string
  readonly createdAt: number
  readonly expiresAt: number
}

export const pendingLinkLifetime = 30 * minute
