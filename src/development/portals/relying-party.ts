import { createRemoteJWKSet } from 'jose'
import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  ClientError,
  ClientSecretBasic,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  fetchUserInfo,
  ResponseBodyError,
  randomNonce,
  randomPKCECodeVerifier,
} from 'openid-client'
import type { Clock } from '#kernel/clock.ts'
import type { Locale } from '#kernel/locale.ts'
import { createLogoutTokenReader, type EndedSession, type LogoutTokenReader } from './logout-token.ts'

/** The signed-in person, from the claims. */
export type Person = {
  readonly subject: string
  readonly name: string | undefined
  readonly email: string | undefined
  readonly amr: readonly string[]
  /** Seconds since 1970, as in the claim. */
  readonly authTime: number | undefined
  readonly sid: string | undefined
  readonly idToken: string
}

/** What the portal stores between the redirect to Einlass and the callback. */
export type Pending = { readonly nonce: string; readonly codeVerifier: string }

export type Failure =
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'refused'; readonly error: string; readonly description: string | undefined }

export type RelyingParty = {
  readonly begin: (pending: Pending, state: string, locale: Locale) => Promise<URL>
  readonly finish: (answer: URL, pending: Pending, state: string) => Promise<Person>
  /** The URL to sign out everywhere; undefined if the issuer has no end-session endpoint. */
  readonly endSessionUrl: (idToken: string, locale: Locale) => Promise<URL | undefined>
  readonly readLogoutToken: (token: string) => Promise<EndedSession>
}

export type RelyingPartySettings = {
  readonly issuer: string
  readonly url: string
  readonly clientId: string
  readonly clientSecret: string
  readonly clock: Clock
}

const timeoutInSeconds = 5
const outages: readonly unknown[] = ['OAUTH_TIMEOUT', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON']

export function newPending(): Pending {
  return { nonce: randomNonce(), codeVerifier: randomPKCECodeVerifier() }
}

/** Distinguishes an issuer that is down from a refusal. Other errors are bugs of the portal. */
export function failureOf(error: unknown): Failure | undefined {
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) {
    return { kind: 'refused', error: error.error, description: error.error_description }
  }
  // `fetch` reports network errors as TypeError.
  if (error instanceof TypeError) return { kind: 'unreachable' }
  if (!(error instanceof ClientError)) return undefined
  if (outages.includes(error.code)) return { kind: 'unreachable' }
  return { kind: 'refused', error: error.code ?? 'invalid_response', description: error.message }
}

/** Caches the result of `load`, but not a failure: Einlass may start later than its portals. */
function untilLoaded<Thing>(load: () => Promise<Thing>): () => Promise<Thing> {
  let loaded: Promise<Thing> | undefined
  return () => {
    loaded ??= load().catch((error) => {
      loaded = undefined
      throw error
    })
    return loaded
  }
}

const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

async function personFrom(
  config: Configuration,
  tokens: Awaited<ReturnType<typeof authorizationCodeGrant>>,
): Promise<Person> {
  const claims = tokens.claims()
  if (!claims || !tokens.id_token) throw new ClientError('there is no id_token')
  const userinfo = await fetchUserInfo(config, tokens.access_token, claims.sub)
  return {
    subject: claims.sub,
    name: textOf(userinfo.name ?? claims.name),
    email: textOf(userinfo.email ?? claims.email),
    amr: Array.isArray(claims.amr) ? claims.amr.filter((method) => typeof method === 'string') : [],
    authTime: claims.auth_time,
    sid: textOf(claims.sid),
    idToken: tokens.id_token,
  }
}

/** The relying party: code flow with PKCE, state and nonce, RP-initiated logout and back-channel logout. */
export function createRelyingParty({ issuer, url, clientId, clientSecret, clock }: RelyingPartySettings): RelyingParty {
  const server = new URL(issuer)
  const configuration = untilLoaded(() =>
    discovery(server, clientId, undefined, ClientSecretBasic(clientSecret), {
      timeout: timeoutInSeconds,
      execute: server.protocol === 'http:' ? [allowInsecureRequests] : [],
    }),
  )
  const logoutTokenReader: () => Promise<LogoutTokenReader> = untilLoaded(async () => {
    const metadata = (await configuration()).serverMetadata()
    const keys = createRemoteJWKSet(new URL(metadata.jwks_uri ?? ''), { timeoutDuration: timeoutInSeconds * 1_000 })
    return createLogoutTokenReader({ issuer: metadata.issuer, clientId, keys, clock })
  })

  return {
    begin: async ({ nonce, codeVerifier }, state, locale) =>
      buildAuthorizationUrl(await configuration(), {
        redirect_uri: `${url}/callback`,
        scope: 'openid profile email',
        state,
        nonce,
        code_challenge: await calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        ui_locales: locale,
      }),
    finish: async (answer, { nonce, codeVerifier }, state) => {
      const config = await configuration()
      const checks = {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
        idTokenExpected: true,
      }
      return personFrom(config, await authorizationCodeGrant(config, answer, checks))
    },
    endSessionUrl: async (idToken, locale) => {
      const config = await configuration()
      if (!config.serverMetadata().end_session_endpoint) return undefined
      return buildEndSessionUrl(config, {
        id_token_hint: idToken,
        post_logout_redirect_uri: `${url}/signed-out`,
        ui_locales: locale,
      })
    },
    readLogoutToken: async (token) => (await logoutTokenReader())(token),
  }
}
