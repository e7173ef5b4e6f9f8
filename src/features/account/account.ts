import type { AccountId } from '#kernel/id.ts'
import type { Locale } from '#kernel/locale.ts'

/** The record of one person (NIST SP 800-63: subscriber account). */
export type Account = {
  readonly id: AccountId
  readonly name: string
  readonly locale: Locale
  readonly createdAt: number
  readonly disabledAt: number | null
}

/** An identifier of an account, proved or claimed. */
export type AccountIdentifier = {
  readonly id: string
  readonly accountId: AccountId
  readonly kind: 'email' | 'phone'
  readonly canonical: string
  readonly display: string
  /** Null while it is only claimed. A claimed identifier gives no access. */
  readonly provedAt: number | null
  readonly primary: boolean
}

/** The identifiers that can be used to sign in and that we may send messages to. */
export function proved(identifiers: readonly AccountIdentifier[]): readonly AccountIdentifier[] {
  return identifiers.filter((identifier) => identifier.provedAt !== null)
}

/** The preferred address for mail: the primary one if it is proved, otherwise any proved one. */
export function primaryEmail(identifiers: readonly AccountIdentifier[]): AccountIdentifier | undefined {
  const emails = proved(identifiers).filter((identifier) => identifier.kind === 'email')
  return emails.find((identifier) => identifier.primary) ?? emails[0]
}
