/** How the address that a network tells is trusted (rule table in SECURITY.md). */
export type TrustRule =
  /** Google: `email_verified`, and a gmail.com address or a matching `hd`. */
  | { readonly kind: 'google' }
  /** Microsoft: `xms_edov`, or listed among the verified ones; never `email` alone. */
  | { readonly kind: 'microsoft' }
  /** Apple: `email_verified`, which it sends as a boolean or as a text. */
  | { readonly kind: 'apple' }
  /** The address comes from a source that lists only confirmed ones (GitHub's primary and verified, X's confirmed_email). */
  | { readonly kind: 'confirmed' }
  /** `email_verified` counts for addresses of these domains alone, which the operator named. */
  | { readonly kind: 'domains'; readonly domains: readonly string[] }
  /** Only ever claimed. */
  | { readonly kind: 'never' }

/** What a network needs to be told, and asked, differently from the next one: data, so that a network is no code. */
export type ProviderSettings = {
  /** People can link it to their profile, but it signs nobody in (LNK-8). */
  readonly linkOnly?: boolean
  readonly scopes: readonly string[]
  /** Between the scopes, where it is not the space of RFC 6749, section 3.3. */
  readonly scopeSeparator?: ','
  readonly trust: TrustRule
  /** OAuth 2 only: an OpenID Connect issuer tells its own in its discovery document. */
  readonly endpoints?: {
    readonly authorization: string
    readonly token: string
    readonly user: string
    /** Where addresses are listed with their state, if elsewhere (GitHub). */
    readonly emails?: string
    /** Where a token tells for whom it was issued (Facebook). */
    readonly debugToken?: string
  }
  /** OAuth 2 only: where in the user's data the values stand, as a path: `data.id`. */
  readonly mapping?: {
    readonly subject: string
    /** One path, or several whose values make up the name. */
    readonly name: string | readonly string[]
    readonly email?: string
  }
  /** How `endpoints.emails` names things, where it is not GitHub's list with `primary` and `verified`. */
  readonly emailList?: { readonly list: string; readonly primary: string; readonly verified: string }
  /** Claims that together name a person where `sub` alone does not: `tid` and `sub` at Microsoft. */
  readonly subjectClaims?: readonly string[]
  /** How the token endpoint learns our secret. An OpenID Connect issuer tells what it takes. */
  readonly clientAuthentication?: 'client_secret_basic' | 'client_secret_post'
  /** Proof key for the code (RFC 7636). It is not sent to a network that does not document it. */
  readonly pkce?: 'S256' | 'ignored'
  /** How the network calls our client id, where it is not `client_id`. */
  readonly clientIdParameter?: 'client_key'
  /** Sent along with every start. */
  readonly authorizationParameters?: Readonly<Record<string, string>>
  /** Parameters that come back with the code, and must go with it to the token endpoint. */
  readonly returnedParameters?: readonly string[]
  /** OAuth 2 only: how the user's data is asked for, where it is not a GET with `Authorization: Bearer`. */
  readonly userRequest?: {
    readonly method?: 'POST'
    readonly tokenIn?: 'query' | 'body'
    readonly scheme?: 'OAuth'
    /** A header that repeats our client id. */
    readonly clientIdHeader?: string
    /** Proves that whoever uses the token knows our secret (Facebook). */
    readonly proof?: 'appsecret_proof'
  }
  /** OAuth 2 only: what the user's data says when it is good, whatever the status. */
  readonly success?: { readonly path: string; readonly value: string }
  /** The secret is a key with which we sign one for the moment (Apple). */
  readonly signedSecret?: { readonly teamId: string; readonly keyId: string }
  /** The answer's parameter that tells the name as JSON, the first time only (Apple). */
  readonly nameParameter?: 'user'
  /** Domains whose mailboxes are part of an account there: who loses it loses both. */
  readonly mailboxDomains?: readonly string[]
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

/** Whether somebody can prove with it who they are. */
export function signsIn({ enabled, settings }: Pick<Provider, 'enabled' | 'settings'>): boolean {
  return enabled && !settings.linkOnly
}
