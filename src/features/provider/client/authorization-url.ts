import { buildAuthorizationUrl, calculatePKCECodeChallenge } from 'openid-client'
import type { Conversation } from './conversation.ts'

/** What the provider's response is checked against. */
export type Checks = { readonly verifier: string; readonly nonce: string }

export type StartRequest = {
  readonly redirectUri: string
  readonly state: string
  readonly checks: Checks
  /** BCP 47 */
  readonly language: string
  /** Requires a new sign-in at the provider, if it supports `max_age` (OpenID Connect Core, 3.1.2.1). */
  readonly requireFreshSignIn?: boolean
}

/** Where to send the browser. */
export async function authorizationUrl({ provider, config }: Conversation, request: StartRequest): Promise<URL> {
  const { kind, clientId, settings } = provider
  const { verifier, nonce } = request.checks
  const scope = settings.scopes.join(settings.scopeSeparator ?? ' ')
  const url = buildAuthorizationUrl(config, {
    redirect_uri: request.redirectUri,
    state: request.state,
    ...(scope !== '' && { scope }),
    ...(settings.pkce !== 'ignored' && {
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    }),
    ...(kind === 'oidc' && {
      nonce,
      ui_locales: request.language,
      ...(request.requireFreshSignIn && { max_age: '0' }),
    }),
    ...settings.authorizationParameters,
  })
  if (settings.clientIdParameter) {
    url.searchParams.delete('client_id')
    url.searchParams.set(settings.clientIdParameter, clientId)
  }
  return url
}
