import { type EmailAddress, parseEmailAddress } from '#features/account/index.ts'
import type { TrustRule } from '../provider.ts'

/** What a provider says about a person: untrusted values of any type. */
export type Claims = Readonly<Record<string, unknown>>

/** An address as a provider asserts it. */
export type AssertedEmail = {
  readonly email: EmailAddress
  /** Whether the assertion counts as proof. Otherwise the address is only claimed and cannot be used to sign in. */
  readonly trusted: boolean
}

/**
 * The only place that decides whether a provider's assertion of an address is a proof: the rule table of SECURITY.md.
 * Anything but one plain address is ignored.
 */
export function assertedEmail(rule: TrustRule, claims: Claims): AssertedEmail | undefined {
  const email = typeof claims.email === 'string' ? parseEmailAddress(claims.email) : undefined
  return email && { email, trusted: isTrusted(rule, email, claims) }
}

function isTrusted(rule: TrustRule, email: EmailAddress, claims: Claims): boolean {
  const domain = email.canonical.slice(email.canonical.lastIndexOf('@') + 1)
  switch (rule.kind) {
    case 'google':
      return claims.email_verified === true && (domain === 'gmail.com' || claims.hd === domain)
    case 'microsoft':
      return isTrue(claims.xms_edov) || isListedAsVerified(claims, email)
    case 'apple':
      return claims.email_verified === true || claims.email_verified === 'true'
    case 'confirmed':
      return true
    case 'domains':
      return claims.email_verified === true && rule.domains.includes(domain)
    case 'never':
      return false
  }
}

/** Entra ID sends this claim as a boolean, number or string, depending on the kind of token. */
function isTrue(claim: unknown): boolean {
  return claim === true || claim === 1 || claim === '1' || claim === 'true'
}

function isListedAsVerified(claims: Claims, email: EmailAddress): boolean {
  return [claims.verified_primary_email, claims.verified_secondary_email]
    .flat()
    .some((entry) => typeof entry === 'string' && parseEmailAddress(entry)?.canonical === email.canonical)
}
