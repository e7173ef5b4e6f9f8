/** Who may open a portal. */
export type PortalAccess =
  | { readonly kind: 'everybody' }
  /** People with a proved address in one of these domains (in canonical form). */
  | { readonly kind: 'mail-domains'; readonly domains: readonly string[] }

/** An application that people open with their profile; a client of the OpenID engine. */
export type Portal = {
  /** Also the `client_id`. */
  readonly id: string
  readonly name: string
  /** Encrypted. */
  readonly clientSecret: string
  readonly redirectUris: readonly string[]
  readonly postLogoutRedirectUris: readonly string[]
  readonly backchannelLogoutUri: string | null
  /** The URL at which a person opens it. */
  readonly startUri: string
  readonly logoUri: string | null
  /** `#rrggbb` */
  readonly colour: string | null
  readonly access: PortalAccess
  readonly createdAt: number
}
