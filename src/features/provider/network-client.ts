import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  calculatePKCECodeChallenge,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchProtectedResource,
  fetchUserInfo,
  genericGrantRequest,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client'
import type { Clock } from '../../kernel/clock.ts'
import { minute, second } from '../../kernel/duration.ts'
import type { Secrets } from '../../kernel/secret.ts'
import type { Claims } from './address-trust.ts'
import { NetworkTrouble } from './network-failure.ts'
import { primaryVerified } from './network-identity.ts'
import { createNetworkMemory, type NetworkMemory } from './network-memory.ts'
import type { Provider } from './provider.ts'
import { isLoopback } from './provider-url.ts'

/** What the network's answer is checked against. */
export type Checks = { readonly verifier: string; readonly nonce: string }

export type StartRequest = {
  readonly redirectUri: string
  readonly state: string
  readonly checks: Checks
  /** BCP 47 */
  readonly language: string
}

/** Speaks with the networks. Whatever goes wrong with one of them is a `NetworkTrouble`, soon enough for a person. */
export type NetworkClient = {
  /** Where to send the browser; asked of the network itself when we have not heard from it just now. */
  readonly start: (provider: Provider, request: StartRequest) => Promise<URL>
  /** Checks what the browser brought back, and asks the network who it is. */
  readonly finish: (provider: Provider, answer: URL, checks: Checks) => Promise<Claims>
  /** Where the start leads the browser first, as far as we know. */
  readonly origin: (provider: Provider) => string
  /** Origins that the start may lead the browser to. */
  readonly origins: (providers: readonly Provider[]) => readonly string[]
  /** Asks whether it is there and knows us: with a code that nobody was given. @throws NetworkTrouble */
  readonly check: (provider: Provider, redirectUri: string) => Promise<void>
  /** What was known of the networks may have changed: they are asked anew. */
  readonly forget: () => void
}

const startLimit = 2 * second
const finishLimit = 4 * second

export function createNetworkClient(deps: { readonly clock: Clock; readonly secrets: Secrets }): NetworkClient {
  const memory = createNetworkMemory(deps.clock)
  const converse = (provider: Provider, until: AbortSignal) => openConversation(deps, memory, provider, until)
  return {
    start: (provider, request) =>
      within(startLimit, async (until) => {
        await memory.reach(provider)
        return authorizationUrl(provider, await converse(provider, until), request)
      }),
    finish: (provider, answer, checks) =>
      within(finishLimit, async (until) => {
        const config = await converse(provider, until)
        return provider.kind === 'oidc'
          ? claimsOfIssuer(config, answer, checks, deps.clock)
          : claimsOfUser(provider, config, answer, checks)
      }),
    check: (provider, redirectUri) =>
      within(finishLimit, async (until) => {
        await memory.reach(provider)
        await requireKnown(await converse(provider, until), redirectUri)
      }),
    forget: memory.forget,
    origin: memory.authorizationOrigin,
    origins: (providers) => [
      ...new Set(
        providers.flatMap((provider) => [memory.authorizationOrigin(provider), ...(provider.settings.origins ?? [])]),
      ),
    ],
  }
}

/** Ends with the limit whatever the work is waiting for. */
async function within<T>(limit: number, work: (until: AbortSignal) => Promise<T>): Promise<T> {
  const until = AbortSignal.timeout(limit)
  const tooLate = new Promise<never>((_resolve, reject) => {
    until.addEventListener('abort', () => reject(new NetworkTrouble('slow', until.reason)), { once: true })
  })
  try {
    return await Promise.race([work(until), tooLate])
  } catch (error) {
    throw asTrouble(error)
  }
}

/**
 * A configuration of its own for every conversation: the library keeps keys with the configuration, and how old they
 * may be is ours to say. Discovery and keys are answered from memory.
 */
async function openConversation(
  deps: { readonly secrets: Secrets },
  memory: NetworkMemory,
  provider: Provider,
  until: AbortSignal,
): Promise<Configuration> {
  const secret = deps.secrets.decrypt('provider-secret', provider.clientSecret)
  const insecure = isLoopback(new URL(provider.issuer)) ? [allowInsecureRequests] : []
  const options = { [customFetch]: memory.fetchFor(provider, until), timeout: finishLimit / second }
  if (provider.kind === 'oidc') {
    return discovery(new URL(provider.issuer), provider.clientId, { client_secret: secret }, issuerTakes(secret), {
      ...options,
      // The signature is checked although the token comes straight from the network (OpenID Connect Core, 3.1.3.7).
      execute: [enableNonRepudiationChecks, ...insecure],
    })
  }
  const { endpoints, clientAuthentication } = provider.settings
  if (!endpoints) throw new NetworkTrouble('refused', new Error(`${provider.id} has no endpoints`))
  const authenticate = clientAuthentication === 'client_secret_post' ? ClientSecretPost : ClientSecretBasic
  const server = {
    issuer: provider.issuer,
    authorization_endpoint: endpoints.authorization,
    token_endpoint: endpoints.token,
  }
  const config = new Configuration(server, provider.clientId, secret, authenticate(secret))
  for (const allow of insecure) allow(config)
  return Object.assign(config, options)
}

/** Basic is what every issuer takes that says nothing else (OpenID Connect Discovery, section 3). */
function issuerTakes(secret: string): ClientAuth {
  return (server, ...rest) => {
    const taken = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    const authenticate = taken.includes('client_secret_basic') ? ClientSecretBasic : ClientSecretPost
    return authenticate(secret)(server, ...rest)
  }
}

async function authorizationUrl(provider: Provider, config: Configuration, request: StartRequest): Promise<URL> {
  const { verifier, nonce } = request.checks
  return buildAuthorizationUrl(config, {
    redirect_uri: request.redirectUri,
    scope: provider.settings.scopes.join(' '),
    state: request.state,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(provider.kind === 'oidc' && { nonce, ui_locales: request.language }),
  })
}

function checked(answer: URL, { verifier }: Checks) {
  return { expectedState: answer.searchParams.get('state') ?? '', pkceCodeVerifier: verifier }
}

/** The id_token's claims, with userinfo's where the id_token is silent about name or address. */
async function claimsOfIssuer(config: Configuration, answer: URL, checks: Checks, clock: Clock): Promise<Claims> {
  const expected = { ...checked(answer, checks), expectedNonce: checks.nonce, idTokenExpected: true }
  const tokens = await authorizationCodeGrant(config, answer, expected)
  const claims = tokens.claims()
  if (!claims || claims.iat * second > clock.now() + minute) {
    throw new NetworkTrouble('nonsense', new Error('the id_token is missing or from the future'))
  }
  const complete = 'name' in claims && 'email' in claims
  if (complete || !config.serverMetadata().userinfo_endpoint) return claims
  return { ...(await fetchUserInfo(config, tokens.access_token, claims.sub)), ...claims }
}

/** What a plain OAuth 2 network tells about its user. */
async function claimsOfUser(provider: Provider, config: Configuration, answer: URL, checks: Checks): Promise<Claims> {
  const tokens = await authorizationCodeGrant(config, answer, checked(answer, checks))
  const read = async (endpoint: string): Promise<unknown> => {
    const headers = new Headers({ accept: 'application/json' })
    const response = await fetchProtectedResource(config, tokens.access_token, new URL(endpoint), 'GET', null, headers)
    if (!response.ok) throw new NetworkTrouble('refused', new Error(`status ${response.status} from ${endpoint}`))
    return response.json()
  }
  const { endpoints } = provider.settings
  const user = await read(endpoints?.user ?? '')
  if (typeof user !== 'object' || user === null) throw new NetworkTrouble('nonsense', new Error('no user'))
  if (!endpoints?.emails) return user as Claims
  return { ...user, email: primaryVerified(await read(endpoints.emails)) }
}

/** RFC 6749, section 5.2: the client is authenticated before anybody looks at the code. */
async function requireKnown(config: Configuration, redirectUri: string): Promise<void> {
  const parameters = { code: 'a-code-that-nobody-was-given', redirect_uri: redirectUri, code_verifier: 'a'.repeat(43) }
  try {
    await genericGrantRequest(config, 'authorization_code', parameters)
  } catch (error) {
    const refusesUs = error instanceof WWWAuthenticateChallengeError || errorCodeOf(error) === 'invalid_client'
    if (refusesUs || asTrouble(error).failure === 'slow') throw error
  }
}

function errorCodeOf(error: unknown): string | undefined {
  return error instanceof ResponseBodyError ? error.error : undefined
}

/** Puts the library's many errors in order; what is none of them is no success either. */
function asTrouble(error: unknown): NetworkTrouble {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof NetworkTrouble) return cause
  }
  if (error instanceof AuthorizationResponseError) {
    if (error.error === 'access_denied') return new NetworkTrouble('cancelled', error)
    const faulty = error.error === 'server_error' || error.error === 'temporarily_unavailable'
    return new NetworkTrouble(faulty ? 'error' : 'refused', error)
  }
  if (error instanceof ResponseBodyError || error instanceof WWWAuthenticateChallengeError) {
    return new NetworkTrouble('refused', error)
  }
  return new NetworkTrouble('nonsense', error)
}
