import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretBasic,
  Configuration,
  calculatePKCECodeChallenge,
  discovery,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'
import { createScriptFreeBrowser } from '#test/support/browser.ts'

export const client = {
  clientId: 'einlass',
  clientSecret: 'a secret: with % and + in it',
  redirectUris: ['http://localhost:1/callback'],
}

export const redirectUri = client.redirectUris[0] as string

/** A relying party of an OpenID Connect network. */
export async function discover(url: string): Promise<Configuration> {
  const config = await discovery(
    new URL(url),
    client.clientId,
    client.clientSecret,
    ClientSecretBasic(client.clientSecret),
    {
      execute: [allowInsecureRequests],
    },
  )
  return config
}

/** A relying party of the network modelled on X. */
export function configureX(url: string): Configuration {
  const config = new Configuration(
    { issuer: url, authorization_endpoint: `${url}/i/oauth2/authorize`, token_endpoint: `${url}/2/oauth2/token` },
    client.clientId,
    client.clientSecret,
    ClientSecretBasic(client.clientSecret),
  )
  allowInsecureRequests(config)
  return config
}

export const googleScope = 'openid email profile'
export const xScope = 'users.read tweet.read users.email'

export type Started = { readonly url: URL; readonly checks: Parameters<typeof authorizationCodeGrant>[2] }

/** Starts the code flow. @returns the authorization URL, and the checks for the response */
export async function begin(config: Configuration, scope: string, more: Record<string, string> = {}): Promise<Started> {
  const pkceCodeVerifier = randomPKCECodeVerifier()
  const [expectedState, nonce] = [randomState(), randomNonce()]
  const url = buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope,
    state: expectedState,
    code_challenge: await calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    ...(scope.includes('openid') ? { nonce } : {}),
    ...more,
  })
  const checks = { pkceCodeVerifier, expectedState, ...(scope.includes('openid') ? { expectedNonce: nonce } : {}) }
  return { url, checks }
}

/** Chooses the account whose button contains the text. @returns the URL that the visitor is redirected to */
export async function choose(url: URL, text: string): Promise<URL> {
  const browser = createScriptFreeBrowser(redirectUri)
  const page = await browser.open(url.href)
  const answer = await browser.submit(
    page,
    page.forms.find((form) => form.text.includes(text)),
  )
  return new URL(answer.headers.get('location') ?? '')
}

/** Runs the whole code flow. */
export async function signIn(config: Configuration, scope: string, text: string) {
  const { url, checks } = await begin(config, scope)
  return authorizationCodeGrant(config, await choose(url, text), checks)
}
