/** Who may open a portal. */
export type PortalAccess =
  | { readonly kind: 'everybody' }
  /** Persons with a proved address in one of these domains (as they stand in a canonical address). */
  | { readonly kind: 'mail-domains'; readonly domains: readonly string[] }

/** An application that a person opens; to the engine it is a client. */
export type Portal = {
  /** Also its `client_id`. */
  readonly id: string
  readonly name: string
  /** Encrypted. */
  readonly clientSecret: string
  readonly redirectUris: readonly string[]
  readonly postLogoutRedirectUris: readonly string[]
  readonly backchannelLogoutUri: string | null
  /** Where a person opens it. */
  readonly startUri: string
  readonly logoUri: string | null
  /** `#rrggbb` */
  readonly colour: string | null
  readonly access: PortalAccess
  readonly createdAt: number
}
