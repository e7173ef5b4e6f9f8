import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { authorizationCodeGrant, type Configuration, fetchUserInfo } from 'openid-client'
import { realSurroundings } from './start-network.ts'
import { type RunningNetworks, startNetworks } from './start-networks.ts'
import { begin, choose, client, configureX, discover, googleScope, signIn, xScope } from './testing/sign-in.ts'

let networks: RunningNetworks
let url: string
let config: Configuration
let waiting: { readonly milliseconds: number; readonly go: () => void }[] = []

const wait = (milliseconds: number) => new Promise<void>((go) => waiting.push({ milliseconds, go }))

before(async () => {
  const settings = { networks: [{ id: 'sim-google', port: 0, ...client } as const], controlPort: 0 }
  networks = await startNetworks(settings, { ...realSurroundings, wait })
  url = networks.urls['sim-google'] as string
  config = await discover(url)
})
afterEach(() => networks.set('sim-google', { behaviour: 'operational' }))
after(() => networks.close())

const discoveryUrl = () => `${url}/.well-known/openid-configuration`

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve))
}

test('slow: every response is delayed by 30 seconds', async () => {
  await networks.set('sim-google', { behaviour: 'slow' })
  const { url: start } = await begin(config, googleScope)
  const answers = Promise.all([fetch(start), fetch(discoveryUrl())])
  await until(() => waiting.length === 2)
  assert.deepEqual(
    waiting.map(({ milliseconds }) => milliseconds),
    [30_000, 30_000],
  )
  for (const { go } of waiting) go()
  waiting = []
  assert.deepEqual(
    (await answers).map(({ status }) => status),
    [200, 200],
  )
})

test('down: connections of browsers and servers are reset', async () => {
  await networks.set('sim-google', { behaviour: 'down' })
  const { url: start } = await begin(config, googleScope)
  await assert.rejects(fetch(start), { message: 'fetch failed' })
  await assert.rejects(fetch(discoveryUrl()), { message: 'fetch failed' })
})

test('blocked: connections of browsers are reset, servers get answers', async () => {
  const { url: start, checks } = await begin(config, googleScope)
  const answer = await choose(start, 'Anna')
  await networks.set('sim-google', { behaviour: 'blocked' })
  await assert.rejects(fetch(start), { message: 'fetch failed' })
  await assert.rejects(fetch(`${url}/favicon.ico`), { message: 'fetch failed' })
  await assert.rejects(fetch(discoveryUrl(), { headers: { 'sec-fetch-site': 'cross-site' } }), {
    message: 'fetch failed',
  })
  const tokens = await authorizationCodeGrant(config, answer, checks)
  assert.equal((await fetchUserInfo(config, tokens.access_token, '1001')).sub, '1001')
})

test('error: browsers and servers get a 500', async () => {
  await networks.set('sim-google', { behaviour: 'error' })
  const { url: start } = await begin(config, googleScope)
  assert.equal((await fetch(start)).status, 500)
  assert.equal((await fetch(discoveryUrl())).status, 500)
})

test('malformed: the visitor comes back with a code, but servers get garbage with status 200', async () => {
  await networks.set('sim-google', { behaviour: 'malformed' })
  const { url: start, checks } = await begin(config, googleScope)
  const answer = await choose(start, 'Anna')
  await assert.rejects(authorizationCodeGrant(config, answer, checks), { code: 'OAUTH_RESPONSE_IS_NOT_JSON' })
  const response = await fetch(discoveryUrl())
  assert.equal(response.status, 200)
  await assert.rejects(response.json(), SyntaxError)
})

test('rotated-keys: a new key replaces the old one for good', async () => {
  const keyIds = async () => {
    const response = await fetch(config.serverMetadata().jwks_uri as string)
    return ((await response.json()) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid)
  }
  await signIn(config, googleScope, 'Anna')
  const old = await keyIds()
  await networks.set('sim-google', { behaviour: 'rotated-keys' })
  await signIn(await discover(url), googleScope, 'Anna')
  await networks.set('sim-google', { behaviour: 'operational' })
  const next = await keyIds()
  assert.equal(next.length, 1)
  assert.notDeepEqual(next, old)
})

test('a network works again after every behaviour', async () => {
  for (const behaviour of ['down', 'blocked', 'error', 'malformed', 'rotated-keys'] as const) {
    await networks.set('sim-google', { behaviour })
    await networks.set('sim-google', { behaviour: 'operational' })
    assert.equal((await signIn(await discover(url), googleScope, 'Anna')).claims()?.sub, '1001')
  }
})

test('the plain OAuth 2 network has the same behaviours', async () => {
  const other = await startNetworks({ networks: [{ id: 'sim-x', port: 0, ...client }], controlPort: 0 })
  const x = configureX(other.urls['sim-x'] as string)
  await other.set('sim-x', { behaviour: 'rotated-keys' })
  await signIn(x, xScope, 'Anna')
  await other.set('sim-x', { behaviour: 'malformed' })
  await assert.rejects(signIn(x, xScope, 'Anna'), { code: 'OAUTH_RESPONSE_IS_NOT_JSON' })
  await other.set('sim-x', { behaviour: 'down' })
  await assert.rejects(signIn(x, xScope, 'Anna'), { message: 'fetch failed' })
  await other.close()
})
