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

/** An identifier as it stands on an account. */
export type AccountIdentifier = {
  readonly id: string
  readonly accountId: AccountId
  readonly kind: 'email' | 'phone'
  readonly canonical: string
  readonly display: string
  /** Null while it is only claimed: it then opens nothing. */
  readonly provedAt: number | null
  readonly primary: boolean
}

/** Identifiers a person can use and we can write to. */
export function proved(identifiers: readonly AccountIdentifier[]): readonly AccountIdentifier[] {
  return identifiers.filter((identifier) => identifier.provedAt !== null)
}

/** The address that mails go to first: the primary one if it is proved, otherwise any proved one. */
export function primaryEmail(identifiers: readonly AccountIdentifier[]): AccountIdentifier | undefined {
  const emails = proved(identifiers).filter((identifier) => identifier.kind === 'email')
  return emails.find((identifier) => identifier.primary) ?? emails[0]
}
