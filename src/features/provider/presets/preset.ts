import type { Provider, ProviderSettings } from '../provider.ts'

/** Something of the network that the preset uses and that will end. */
export type Deprecation = {
  /** The last day, or the first without it: `2028-07-29`. */
  readonly date: string
  /** As the network calls it. */
  readonly what: string
  /** Where the network says so. */
  readonly source: string
}

/**
 * A network that is known well enough to need nothing but an application's id and secret. Of kind `oidc` only when it
 * returns our nonce in an id_token that it signs with a published key; all others are plain OAuth 2.
 */
export type Preset = {
  readonly name: string
  readonly logo: string
  readonly kind: Provider['kind']
  readonly issuer: string
  readonly settings: ProviderSettings
  /** Where the operator registers the application. */
  readonly setUpAt: string
  /** What the operator gets there is a key with a team and an id, not a secret. */
  readonly signsSecret?: true
  readonly deprecations?: readonly Deprecation[]
}
