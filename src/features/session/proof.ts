import type { AccountId } from '#kernel/id.ts'

/** What a person proves who they are with. Each has a row in `sign-in/authenticators.ts`. */
export type AuthenticatorKind = 'password' | 'network' | 'mailed-link'

/**
 * The verified outcome of using an authenticator: the one shape in which all of them report, and all that sign-in,
 * step-up, linking and recovery know about how it was done.
 */
export type Proof = {
  readonly authenticator: AuthenticatorKind
  readonly accountId: AccountId
  /** Authentication method references (RFC 8176). */
  readonly amr: readonly string[]
  readonly provenAt: number
  /** Whether the person, not only the device, was verified. */
  readonly userVerified: boolean
  /** The network, when the authenticator is one. */
  readonly providerId?: string
}

/** The way in by which a session began; with a network, which one. */
export type UsedWay = { readonly kind: AuthenticatorKind; readonly providerId?: string }

/** Seconds since 1970 of the latest proof (OpenID Connect Core, auth_time). */
export function authTime(proofs: readonly Proof[]): number {
  return Math.floor(Math.max(...proofs.map((proof) => proof.provenAt)) / 1000)
}

/** All references of all proofs, each once, and `mfa` when two different kinds of authenticator were used. */
export function amrOf(proofs: readonly Proof[]): readonly string[] {
  const references = new Set(proofs.flatMap((proof) => proof.amr))
  const kinds = new Set(proofs.map((proof) => proof.authenticator))
  if (kinds.size > 1 && !references.has('mfa')) references.add('mfa')
  return [...references]
}
