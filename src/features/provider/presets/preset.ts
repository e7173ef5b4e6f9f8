import type { Provider, ProviderSettings } from '../provider.ts'

/** Something that the preset uses and that the network will discontinue. */
export type Deprecation = {
  /** The date on which it ends: `2028-07-29`. */
  readonly date: string
  /** The network's name for it. */
  readonly what: string
  /** The network's announcement. */
  readonly source: string
}

/**
 * A network that needs only a client id and secret to be set up. It is of kind `oidc` only if it returns our nonce in
 * an id_token that is signed with a published key; all others are plain OAuth 2.
 */
export type Preset = {
  readonly name: string
  readonly logo: string
  readonly kind: Provider['kind']
  readonly issuer: string
  readonly settings: ProviderSettings
  /** Where the operator registers the application. */
  readonly setUpAt: string
  /** The network issues a signing key with a team id and a key id instead of a secret. */
  readonly signsSecret?: true
  readonly deprecations?: readonly Deprecation[]
}
