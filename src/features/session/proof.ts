import type { AccountId } from '#kernel/id.ts'

/** Each kind has a row in `sign-in/authenticators.ts`. */
export type AuthenticatorKind = 'password' | 'network' | 'mailed-link'

/**
 * The verified result of using an authenticator. All authenticators report it in this form; sign-in, step-up, linking
 * and recovery see nothing else of them.
 */
export type Proof = {
  readonly authenticator: AuthenticatorKind
  readonly accountId: AccountId
  /** Authentication method references (RFC 8176). */
  readonly amr: readonly string[]
  readonly provenAt: number
  /** Whether the person was verified, not only the device. */
  readonly userVerified: boolean
  /** Set if the authenticator is a network. */
  readonly providerId?: string
}

/** The way in that a session was started with. */
export type UsedWay = { readonly kind: AuthenticatorKind; readonly providerId?: string }

/** Time of the latest proof in seconds since 1970 (OpenID Connect Core, auth_time). */
export function authTime(proofs: readonly Proof[]): number {
  return Math.floor(Math.max(...proofs.map((proof) => proof.provenAt)) / 1000)
}

/** The union of all proofs' references, plus `mfa` if two kinds of authenticator were used. */
export function amrOf(proofs: readonly Proof[]): readonly string[] {
  const references = new Set(proofs.flatMap((proof) => proof.amr))
  const kinds = new Set(proofs.map((proof) => proof.authenticator))
  if (kinds.size > 1 && !references.has('mfa')) references.add('mfa')
  return [...references]
}
