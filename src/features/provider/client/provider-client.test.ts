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

/** An issuer that counts what it is asked, and signs with whatever key it is given. */
const asked = { discovery: 0, keys: 0, token: 0 }
let published: JWK
let sign: (claims: Record<string, unknown>) => Promise<string>
let issuer: string
let nonce = ''
let authorizationEndpoint = '/authorize'

const server = createServer(async (request, response) => {
  const answer = (body: unknown, status = 200) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  if (request.url === '/.well-known/openid-configuration') {
    asked.discovery += 1
    return answer({
      issuer,
      authorization_endpoint: URL.parse(authorizationEndpoint, issuer)?.href ?? authorizationEndpoint,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
      id_token_signing_alg_values_supported: ['ES256'],
    })
  }
  if (request.url === '/keys') {
    asked.keys += 1
    return answer({ keys: [published] })
  }
  asked.token += 1
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

test('a start asks the network only when it was not heard of just now', async () => {
  const client = createProviderClient({ clock, secrets, privateNetworks: ['127.0.0.0/8', '::1/128'] })
  const before = asked.discovery
  const request = { redirectUri, state: 's', checks: { verifier: 'v'.repeat(43), nonce: 'n' }, language: 'de' }
  const url = await client.start(provider(), request)
  assert.equal(`${url.origin}${url.pathname}`, `${issuer}/authorize`)
  assert.equal(url.searchParams.get('nonce'), 'n')
  await Promise.all([1, 2, 3].map(() => client.start(provider(), request)))
  assert.equal(asked.discovery - before, 1)
  now += 6 * second
  await Promise.all([1, 2, 3].map(() => client.start(provider(), request)))
  assert.equal(asked.discovery - before, 2)
})

test('a clock that is set back does not let a network count as heard of for long', async () => {
  const client = createProviderClient({ clock, secrets, privateNetworks: ['127.0.0.0/8', '::1/128'] })
  const before = asked.discovery
  await client.ensureReachable(provider())
  now -= 60 * second
  await client.ensureReachable(provider())
  assert.equal(asked.discovery - before, 2)
  now += 60 * second
})

test('FED-9: unknown keys make us ask for the keys once in 30 seconds, however many come', async () => {
  const client = createProviderClient({ clock, secrets, privateNetworks: ['127.0.0.0/8', '::1/128'] })
  nonce = 'n'
  const finish = () =>
    client.finish(provider(), new URL(`${redirectUri}?code=c&state=s`), { verifier: 'v'.repeat(43), nonce }, () => {})
  assert.equal((await finish()).sub, 's-1')
  assert.equal((await finish()).sub, 's-1')
  const before = asked.keys
  await useKey('unknown', false)
  const refused = await Promise.allSettled(Array.from({ length: 100 }, finish))
  assert.ok(refused.every(({ status }) => status === 'rejected'))
  assert.equal(asked.keys - before, 1)
  await useKey('k2', true)
  await assert.rejects(finish(), { failure: 'nonsense' })
  now += 30 * second
  assert.equal((await finish()).sub, 's-1')
  assert.equal(asked.keys - before, 2)
  nonce = ''
})

test('a check tells a wrong secret from a right one', async () => {
  const client = createProviderClient({ clock, secrets, privateNetworks: ['127.0.0.0/8', '::1/128'] })
  const check = async (each: Provider) => (await client.check(each, redirectUri)).error
  assert.equal(await check(provider()), null)
  const { failure, code } = (await check(provider('wrong'))) ?? {}
  assert.deepEqual([failure, code], ['refused', 'invalid_client'])
  assert.equal((await check({ ...provider(), issuer: `${issuer}/other` }))?.failure, 'nonsense')
})

test('the browser may be led to where the network says, and to its issuer until it has said so', async () => {
  const client = createProviderClient({ clock, secrets, privateNetworks: ['127.0.0.0/8', '::1/128'] })
  const elsewhere = { ...provider(), settings: { ...provider().settings, origins: ['https://login.example'] } }
  assert.deepEqual(client.origins([elsewhere]), [issuer, 'https://login.example'])
})

test('a discovery document with addresses that are none is nonsense, and no page fails for it', async () => {
  for (const endpoint of ['https://', 'javascript:alert(1)', 'http://elsewhere.example/']) {
    authorizationEndpoint = endpoint
    const client = createProviderClient({ clock, secrets, privateNetworks: ['127.0.0.0/8', '::1/128'] })
    const request = { redirectUri, state: 's', checks: { verifier: 'v'.repeat(43), nonce: 'n' }, language: 'de' }
    await assert.rejects(client.start(provider(), request), { failure: 'nonsense' })
    assert.deepEqual(client.origins([provider()]), [issuer])
  }
  authorizationEndpoint = '/authorize'
})
