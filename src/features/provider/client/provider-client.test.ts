import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { second } from '#kernel/duration.ts'
import { systemRandom } from '#kernel/random.ts'
import { createSecrets } from '#kernel/secret.ts'
import type { Provider } from '../provider.ts'
import { createProviderClient } from './provider-client.ts'

/** An issuer that counts requests, and signs with the given key. */
const requests = { discovery: 0, keys: 0, token: 0 }
let published: JWK
let sign: (claims: Record<string, unknown>) => Promise<string>
let issuer: string
let nonce = ''
let authorizationEndpoint = '/authorize'

const server = createServer(async (request, response) => {
  const answer = (body: unknown, status = 200) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  if (request.url === '/.well-known/openid-configuration') {
    requests.discovery += 1
    return answer({
      issuer,
      authorization_endpoint: URL.parse(authorizationEndpoint, issuer)?.href ?? authorizationEndpoint,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
      id_token_signing_alg_values_supported: ['ES256'],
    })
  }
  if (request.url === '/keys') {
    requests.keys += 1
    return answer({ keys: [published] })
  }
  requests.token += 1
  if (request.headers.authorization !== `Basic ${btoa('client:secret')}`)
    return answer({ error: 'invalid_client' }, 401)
  if (nonce === '') return answer({ error: 'invalid_grant' }, 400)
  const idToken = await sign({ nonce, name: 'Anna', email: 'anna@example.org' })
  return answer({ access_token: 'a', token_type: 'Bearer', id_token: idToken })
})

async function useKey(kid: string, publish: boolean): Promise<void> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  if (publish) published = { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' }
  sign = (claims) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid })
      .setIssuer(issuer)
      .setAudience('client')
      .setSubject('s-1')
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(privateKey)
}

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  issuer = `http://localhost:${(server.address() as AddressInfo).port}`
  await useKey('k1', true)
})
after(() => {
  server.closeAllConnections()
  server.close()
})

const secrets = createSecrets([Buffer.alloc(32, 1)], systemRandom)
let now = Date.now()
const clock = { now: () => now }

function provider(secret = 'secret'): Provider {
  return {
    id: 'own',
    kind: 'oidc',
    name: 'Own',
    logo: 'own',
    issuer,
    clientId: 'client',
    clientSecret: secrets.encrypt('provider-secret', secret),
    settings: { scopes: ['openid'], trust: { kind: 'never' } },
    enabled: true,
    createdAt: 0,
    secretExpiresAt: null,
  }
}

const redirectUri = 'http://localhost/callback'

test('a start contacts the network only if there was no response recently', async () => {
  const client = createProviderClient({ clock, secrets, outboundRanges: ['127.0.0.0/8', '::1/128'] })
  const before = requests.discovery
  const request = { redirectUri, state: 's', checks: { verifier: 'v'.repeat(43), nonce: 'n' }, language: 'de' }
  const url = await client.start(provider(), request)
  assert.equal(`${url.origin}${url.pathname}`, `${issuer}/authorize`)
  assert.equal(url.searchParams.get('nonce'), 'n')
  await Promise.all([1, 2, 3].map(() => client.start(provider(), request)))
  assert.equal(requests.discovery - before, 1)
  now += 6 * second
  await Promise.all([1, 2, 3].map(() => client.start(provider(), request)))
  assert.equal(requests.discovery - before, 2)
})

test('after a clock is set back, a network does not count as reachable for long', async () => {
  const client = createProviderClient({ clock, secrets, outboundRanges: ['127.0.0.0/8', '::1/128'] })
  const before = requests.discovery
  await client.ensureReachable(provider())
  now -= 60 * second
  await client.ensureReachable(provider())
  assert.equal(requests.discovery - before, 2)
  now += 60 * second
})

test('FED-9: tokens with unknown keys refresh the keys at most once in 30 seconds', async () => {
  const client = createProviderClient({ clock, secrets, outboundRanges: ['127.0.0.0/8', '::1/128'] })
  nonce = 'n'
  const finish = () =>
    client.finish(provider(), new URL(`${redirectUri}?code=c&state=s`), { verifier: 'v'.repeat(43), nonce }, () => {})
  assert.equal((await finish()).sub, 's-1')
  assert.equal((await finish()).sub, 's-1')
  const before = requests.keys
  await useKey('unknown', false)
  const refused = await Promise.allSettled(Array.from({ length: 100 }, finish))
  assert.ok(refused.every(({ status }) => status === 'rejected'))
  assert.equal(requests.keys - before, 1)
  await useKey('k2', true)
  await assert.rejects(finish(), { failure: 'nonsense' })
  now += 30 * second
  assert.equal((await finish()).sub, 's-1')
  assert.equal(requests.keys - before, 2)
  nonce = ''
})

test('a check detects a wrong secret', async () => {
  const client = createProviderClient({ clock, secrets, outboundRanges: ['127.0.0.0/8', '::1/128'] })
  const check = async (each: Provider) => (await client.check(each, redirectUri)).error
  assert.equal(await check(provider()), null)
  const { failure, code } = (await check(provider('wrong'))) ?? {}
  assert.deepEqual([failure, code], ['refused', 'invalid_client'])
  assert.equal((await check({ ...provider(), issuer: `${issuer}/other` }))?.failure, 'nonsense')
})

test('until the discovery document is known, the issuer counts as the origin of the network', async () => {
  const client = createProviderClient({ clock, secrets, outboundRanges: ['127.0.0.0/8', '::1/128'] })
  const elsewhere = { ...provider(), settings: { ...provider().settings, origins: ['https://login.example'] } }
  assert.deepEqual(client.origins([elsewhere]), [issuer, 'https://login.example'])
})

test('a discovery document with invalid URLs is nonsense, and breaks no page', async () => {
  for (const endpoint of ['https://', 'javascript:alert(1)', 'http://elsewhere.example/']) {
    authorizationEndpoint = endpoint
    const client = createProviderClient({ clock, secrets, outboundRanges: ['127.0.0.0/8', '::1/128'] })
    const request = { redirectUri, state: 's', checks: { verifier: 'v'.repeat(43), nonce: 'n' }, language: 'de' }
    await assert.rejects(client.start(provider(), request), { failure: 'nonsense' })
    assert.deepEqual(client.origins([provider()]), [issuer])
  }
  authorizationEndpoint = '/authorize'
})
