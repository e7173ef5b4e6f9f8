/** When an address that a provider asserts is trusted (rule table in SECURITY.md). */
export type TrustRule =
  /** Google: `email_verified`, and a gmail.com address or a matching `hd`. */
  | { readonly kind: 'google' }
  /** Microsoft: `xms_edov`, or listed as verified; never `email` alone. */
  | { readonly kind: 'microsoft' }
  /** Apple: `email_verified`, as a boolean or a string. */
  | { readonly kind: 'apple' }
  /** The source has only confirmed addresses (GitHub's primary and verified, X's confirmed_email). */
  | { readonly kind: 'confirmed' }
  /** `email_verified`, but only for these domains, which the operator chose. */
  | { readonly kind: 'domains'; readonly domains: readonly string[] }
  /** The address is only claimed. */
  | { readonly kind: 'never' }

/** How a provider differs from others. This is data, so that a provider needs no code. */
export type ProviderSettings = {
  /** People can link it to their profile, but cannot sign in with it (LNK-8). */
  readonly linkOnly?: boolean
  readonly scopes: readonly string[]
  /** If it is not the space of RFC 6749, section 3.3. */
  readonly scopeSeparator?: ','
  readonly trust: TrustRule
  /** OAuth 2 only: OpenID Connect issuers have a discovery document. */
  readonly endpoints?: {
    readonly authorization: string
    readonly token: string
    readonly user: string
    /** A separate endpoint that lists addresses with their state (GitHub). */
    readonly emails?: string
    /** An endpoint that tells which app a token was issued to (Facebook). */
    readonly debugToken?: string
  }
  /** OAuth 2 only: paths of values in the user data, such as `data.id`. */
  readonly mapping?: {
    readonly subject: string
    /** One path, or several whose values are joined to the name. */
    readonly name: string | readonly string[]
    readonly email?: string
  }
  /** Keys in the response of `endpoints.emails`, if they differ from GitHub's `primary` and `verified`. */
  readonly emailList?: { readonly list: string; readonly primary: string; readonly verified: string }
  /** Claims that identify a person together if `sub` alone does not: `tid` and `sub` at Microsoft. */
  readonly subjectClaims?: readonly string[]
  /** OAuth 2 only: how we authenticate at the token endpoint. OpenID Connect issuers list their methods. */
  readonly clientAuthentication?: 'client_secret_basic' | 'client_secret_post'
  /** PKCE (RFC 7636). Not used with providers that do not document it. */
  readonly pkce?: 'S256' | 'ignored'
  /** The provider's name for `client_id`, if it differs. */
  readonly clientIdParameter?: 'client_key'
  /** Additional parameters of the authorization URL. */
  readonly authorizationParameters?: Readonly<Record<string, string>>
  /** Parameters of the authorization response that must be sent to the token endpoint with the code. */
  readonly returnedParameters?: readonly string[]
  /** OAuth 2 only: how the user data is requested, if not by a GET with `Authorization: Bearer`. */
  readonly userRequest?: {
    readonly method?: 'POST'
    readonly tokenIn?: 'query' | 'body'
    readonly scheme?: 'OAuth'
    /** A header that carries our client id. */
    readonly clientIdHeader?: string
    /** A parameter that proves that the sender of the token knows our secret (Facebook). */
    readonly proof?: 'appsecret_proof'
  }
  /** OAuth 2 only: a value in the user data that signals success, in addition to the status. */
  readonly success?: { readonly path: string; readonly value: string }
  /** The stored secret is a key that signs short-lived client secrets (Apple). */
  readonly signedSecret?: { readonly teamId: string; readonly keyId: string }
  /** A parameter of the authorization response with the name as JSON, on the first sign-in only (Apple). */
  readonly nameParameter?: 'user'
  /** Domains whose mailboxes are part of an account there: people who lose the account lose both. */
  readonly mailboxDomains?: readonly string[]
  /** Further origins of the provider that a start may redirect through. */
  readonly origins?: readonly string[]
}

/** A social network as the operator set it up. A person there is identified by this row's id and the subject. */
export type Provider = {
  readonly id: string
  readonly kind: 'oidc' | 'oauth2'
  readonly name: string
  readonly logo: string
  /** Immutable. */
  readonly issuer: string
  readonly clientId: string
  /** Encrypted. */
  readonly clientSecret: string
  readonly settings: ProviderSettings
  readonly enabled: boolean
  readonly createdAt: number
  /** When the secret expires; null if unknown. */
  readonly secretExpiresAt: number | null
}

/** Whether people can sign in with it. */
export function signsIn({ enabled, settings }: Pick<Provider, 'enabled' | 'settings'>): boolean {
  return enabled && !settings.linkOnly
}
