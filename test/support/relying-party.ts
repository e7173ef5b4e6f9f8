import assert from 'node:assert/strict'
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretBasic,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'
import { type NewPortal, registerPortal } from '#features/portal/index.ts'
import type { TestApp } from './app.ts'
import type { ScriptFreeBrowser, ShownPage } from './browser.ts'
import { signInOn } from './people.ts'

/** Origin of all test portals. A browser with `leavesTo` set to it stops there. */
export const portalOrigin = 'https://portal.example'

/** Authorization parameters that ask for a refresh token. */
export const offline = { scope: 'openid offline_access', prompt: 'consent' }

/** Runs something `count` times in parallel. */
export const times = <T>(count: number, run: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => run(index)))

/** A registered portal, from its developer's point of view. */
export type TestPortal = {
  readonly id: string
  readonly secret: string
  readonly redirectUri: string
  readonly signedOutUri: string
  readonly config: Configuration
}

/** A sign-in that a portal started, with the values to check the answer against. */
export type Started = {
  readonly portal: TestPortal
  readonly url: string
  readonly checks: {
    readonly pkceCodeVerifier: string
    readonly expectedState: string
    readonly expectedNonce: string
  }
}

export async function addPortal(app: TestApp, id: string, more: Partial<NewPortal> = {}): Promise<TestPortal> {
  const { clock, random, secrets, database } = app.foundation
  const redirectUri = `${portalOrigin}/${id}/callback`
  const signedOutUri = `${portalOrigin}/${id}/signed-out`
  const secret = await registerPortal(
    { clock, random, secrets, inTransaction: database.inTransaction },
    {
      id,
      name: id,
      redirectUris: [redirectUri],
      postLogoutRedirectUris: [signedOutUri],
      backchannelLogoutUri: null,
      startUri: `${portalOrigin}/${id}`,
      logoUri: null,
      colour: null,
      access: { kind: 'everybody' },
      ...more,
    },
  )
  return { ...(await knownAs(app, id, secret)), redirectUri, signedOutUri }
}

/** A portal that is already registered with the usual URLs. */
export async function knownAs(app: TestApp, id: string, secret: string): Promise<TestPortal> {
  const config = await discovery(new URL(app.url), id, undefined, ClientSecretBasic(secret), {
    execute: [allowInsecureRequests],
  })
  return { id, secret, redirectUri: `${portalOrigin}/callback`, signedOutUri: `${portalOrigin}/signed-out`, config }
}

export async function begin(portal: TestPortal, more: Record<string, string | undefined> = {}): Promise<Started> {
  const pkceCodeVerifier = randomPKCECodeVerifier()
  const [expectedState, expectedNonce] = [randomState(), randomNonce()]
  const url = buildAuthorizationUrl(portal.config, {
    redirect_uri: portal.redirectUri,
    scope: 'openid profile email',
    state: expectedState,
    nonce: expectedNonce,
    code_challenge: await calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  })
  for (const [name, value] of Object.entries(more)) {
    if (value === undefined) url.searchParams.delete(name)
    else url.searchParams.set(name, value)
  }
  return { portal, url: url.href, checks: { pkceCodeVerifier, expectedState, expectedNonce } }
}

/** Where a browser that left for the portal is sent. */
export function answerIn(page: ShownPage): URL {
  const location = page.headers.get('location') ?? ''
  assert.ok(location.startsWith(portalOrigin), `did not leave for the portal: ${page.status} ${page.url} ${page.body}`)
  return new URL(location)
}

/** The code of a browser that left for the portal. */
export function codeIn(page: ShownPage): string {
  const answer = answerIn(page)
  return answer.searchParams.get('code') ?? assert.fail(`no code: ${answer}`)
}

export type Tokens = Awaited<ReturnType<typeof authorizationCodeGrant>>

/** The portal processes the answer, with all checks of the specification. */
export function finish({ portal, checks }: Started, page: ShownPage): Promise<Tokens> {
  return authorizationCodeGrant(portal.config, answerIn(page), { ...checks, idTokenExpected: true })
}

/** Opens the portal in a browser that is signed in already. */
export async function open(
  browser: ScriptFreeBrowser,
  portal: TestPortal,
  more?: Record<string, string>,
): Promise<Tokens> {
  const started = await begin(portal, more)
  return finish(started, await browser.open(started.url))
}

/** Opens the portal, and signs in if asked to. */
export async function signInAt(browser: ScriptFreeBrowser, portal: TestPortal, identifier: string): Promise<Tokens> {
  const started = await begin(portal)
  return finish(started, await signInOn(browser, await browser.open(started.url), identifier))
}

export type Credentials = 'basic' | 'post' | 'none'

/** Calls an endpoint of the engine as a portal does, without a library that would know better. */
export function call(
  app: TestApp,
  path: string,
  { id, secret }: Pick<TestPortal, 'id' | 'secret'>,
  fields: Record<string, string | undefined>,
  credentials: Credentials = 'basic',
  more: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const body = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) body.set(name, value)
  if (credentials === 'post') body.set('client_secret', secret)
  if (credentials !== 'basic') body.set('client_id', id)
  const basic = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`
  return fetch(app.url + path, {
    method: 'POST',
    body,
    headers: credentials === 'basic' ? { ...more, authorization: basic } : more,
  })
}

/** Exchanges a code. */
export function exchange(
  app: TestApp,
  { portal, checks }: Started,
  code: string,
  headers?: Readonly<Record<string, string>>,
): Promise<Response> {
  const fields = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: portal.redirectUri,
    code_verifier: checks.pkceCodeVerifier,
  }
  return call(app, '/oidc/token', portal, fields, 'basic', headers)
}

export function refresh(app: TestApp, portal: TestPortal, token: string | undefined): Promise<Response> {
  return call(app, '/oidc/token', portal, { grant_type: 'refresh_token', refresh_token: token })
}

export function userinfo(app: TestApp, token: string): Promise<Response> {
  return fetch(`${app.url}/oidc/userinfo`, { headers: { authorization: `Bearer ${token}` } })
}

/** The OAuth error code of a response, or its status if there is none. */
export async function errorOf(answer: Response): Promise<string | number> {
  const body = await answer.json().catch(() => ({}))
  return body.error ?? answer.status
}

/** Asserts that the tokens are invalid and cannot be refreshed. */
export async function assertDead(
  app: TestApp,
  portal: TestPortal,
  tokens: { readonly access_token: string; readonly refresh_token?: string | undefined },
): Promise<void> {
  assert.equal((await userinfo(app, tokens.access_token)).status, 401)
  const introspected = await call(app, '/oidc/introspect', portal, { token: tokens.access_token })
  assert.deepEqual(await introspected.json(), { active: false })
  if (tokens.refresh_token) {
    assert.equal(await errorOf(await refresh(app, portal, tokens.refresh_token)), 'invalid_grant')
  }
}
