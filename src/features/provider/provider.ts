/** How the address that a network tells is trusted (rule table in SECURITY.md). */
export type TrustRule =
  /** Google: `email_verified`, and a gmail.com address or a matching `hd`. */
  | { readonly kind: 'google' }
  /** Microsoft: `xms_edov`, or listed among the verified ones; never `email` alone. */
  | { readonly kind: 'microsoft' }
  /** The address comes from a source that lists only confirmed ones (GitHub's primary and verified, X's confirmed_email). */
  | { readonly kind: 'confirmed' }
  /** `email_verified` counts for addresses of these domains alone, which the operator named. */
  | { readonly kind: 'domains'; readonly domains: readonly string[] }
  /** Only ever claimed. */
  | { readonly kind: 'never' }

export type ProviderSettings = {
  readonly scopes: readonly string[]
  readonly trust: TrustRule
  /** OAuth 2 only: an OpenID Connect issuer tells its own in its discovery document. */
  readonly endpoints?: {
    readonly authorization: string
    readonly token: string
    readonly user: string
    /** Where addresses are listed with their state, if elsewhere (GitHub). */
    readonly emails?: string
  }
  /** OAuth 2 only: where in the user's data the values stand, as a path: `data.id`. */
  readonly mapping?: {
    readonly subject: string
    readonly name: string
    readonly email?: string
  }
  /** Claims that together name a person where `sub` alone does not: `tid` and `sub` at Microsoft. */
  readonly subjectClaims?: readonly string[]
  /** How the token endpoint learns our secret. An OpenID Connect issuer tells what it takes. */
  readonly clientAuthentication?: 'client_secret_basic' | 'client_secret_post'
  /** Further origins of the network that a start may be redirected through before anything is shown. */
  readonly origins?: readonly string[]
}

/** A social network as the operator set it up. The key of an identity is this row's id and the network's subject. */
export type Provider = {
  readonly id: string
  readonly kind: 'oidc' | 'oauth2'
  readonly name: string
  readonly logo: string
  /** Never changed once set. */
  readonly issuer: string
  readonly clientId: string
  /** Encrypted. */
  readonly clientSecret: string
  readonly settings: ProviderSettings
  readonly enabled: boolean
  readonly createdAt: number
  /** When the secret stops working; null when nobody said. */
  readonly secretExpiresAt: number | null
}
