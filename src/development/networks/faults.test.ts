import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { authorizationCodeGrant, type Configuration, enableNonRepudiationChecks, fetchUserInfo } from 'openid-client'
import { type FaultName, faultNames } from './faults.ts'
import { type RunningNetworks, startNetworks } from './start-networks.ts'
import { begin, choose, client, discover, googleScope, signIn } from './testing/sign-in.ts'

let networks: RunningNetworks
let config: Configuration

before(async () => {
  networks = await startNetworks({ networks: [{ id: 'sim-google', port: 0, ...client }], controlPort: 0 })
  config = await discover(networks.urls['sim-google'] as string)
  // openid-client does not verify the signatures of id_tokens by default.
  enableNonRepudiationChecks(config)
})
after(() => networks.close())

async function withFault<Result>(fault: FaultName, work: () => Promise<Result>): Promise<Result> {
  await networks.set('sim-google', { fault })
  try {
    return await work()
  } finally {
    await networks.set('sim-google', { fault: null })
  }
}

/** The raw token response, without any checks. */
async function rawTokens(): Promise<Response> {
  const { url, checks } = await begin(config, googleScope)
  const code = (await choose(url, 'Anna')).searchParams.get('code') ?? ''
  const body = new URLSearchParams({
    client_id: client.clientId,
    client_secret: client.clientSecret,
    grant_type: 'authorization_code',
    code,
    redirect_uri: client.redirectUris[0] as string,
    code_verifier: checks?.pkceCodeVerifier ?? '',
  })
  return fetch(config.serverMetadata().token_endpoint as string, { method: 'POST', body, redirect: 'manual' })
}

const refusedIdTokens: readonly FaultName[] = [
  'wrong-issuer',
  'wrong-audience',
  'wrong-azp',
  'wrong-nonce',
  'missing-nonce',
  'expired',
  'algorithm-none',
  'hs256-with-public-key',
  'unknown-key',
  'foreign-iss-parameter',
  'missing-iss-parameter',
  'redirect-loop',
  'error-200',
  'no-tokens',
]

for (const fault of refusedIdTokens) {
  test(`a correct client rejects ${fault}`, async () => {
    await withFault(fault, () => assert.rejects(signIn(config, googleScope, 'Anna')))
    assert.equal((await signIn(config, googleScope, 'Anna')).claims()?.sub, '1001')
  })
}

test('issued-in-future is issued a day from now', async () => {
  const issuedAt = async () =>
    decodeJwt(((await (await rawTokens()).json()) as { id_token: string }).id_token).iat as number
  const honest = await issuedAt()
  assert.ok((await withFault('issued-in-future', issuedAt)) >= honest + 24 * 60 * 60)
})

test('algorithm-none and hs256-with-public-key set the algorithm in the header', async () => {
  const algorithm = async () =>
    decodeProtectedHeader(((await (await rawTokens()).json()) as { id_token: string }).id_token).alg
  assert.equal(await withFault('algorithm-none', algorithm), 'none')
  assert.equal(await withFault('hs256-with-public-key', algorithm), 'HS256')
})

test('userinfo-other-subject is a valid id_token with the userinfo of another person', async () => {
  await withFault('userinfo-other-subject', async () => {
    const tokens = await signIn(config, googleScope, 'Anna')
    await assert.rejects(fetchUserInfo(config, tokens.access_token, '1001'), {
      code: 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
    })
  })
})

test('huge-body is ten megabytes and still JSON', async () => {
  const text = await withFault('huge-body', async () => (await rawTokens()).text())
  assert.ok(text.length > 10_000_000)
  assert.ok((JSON.parse(text) as { id_token: string }).id_token)
})

test('gzip-bomb expands to more than 100 MB', async () => {
  await withFault('gzip-bomb', async () => {
    const response = await rawTokens()
    let length = 0
    for await (const chunk of response.body ?? []) length += chunk.length
    assert.equal(response.headers.get('content-encoding'), 'gzip')
    assert.ok(length > 100_000_000)
  })
})

test('slow-drip sends one byte and then stalls', async () => {
  await withFault('slow-drip', async () => {
    const response = await rawTokens()
    const reader = response.body?.getReader()
    assert.equal((await reader?.read())?.value?.length, 1)
    await reader?.cancel()
  })
})

test('duplicate-json-keys has every key twice', async () => {
  const text = await withFault('duplicate-json-keys', async () => (await rawTokens()).text())
  assert.equal(text.match(/"id_token":/g)?.length, 2)
  assert.equal((JSON.parse(text) as { token_type: string }).token_type, 'Bearer')
})

test('the address is a number, a list or has a line break', async () => {
  const email = async () => (await signIn(config, googleScope, 'Ben')).claims()?.email
  assert.equal(await withFault('email-not-a-string', email), 42)
  assert.deepEqual(await withFault('email-array', email), ['first@example.org', 'second@example.org'])
  assert.match(String(await withFault('email-crlf', email)), /\r\nBcc:/)
})

test('no fault affects the account page', async () => {
  for (const fault of faultNames) {
    const answer = await withFault(fault, async () => choose((await begin(config, googleScope)).url, 'Anna'))
    assert.ok(answer.searchParams.get('code'))
  }
})

test('a code from another network is rejected because of its issuer', async () => {
  const other = await startNetworks({ networks: [{ id: 'sim-google', port: 0, ...client }], controlPort: 0 })
  const { url, checks } = await begin(config, googleScope)
  const elsewhere = new URL(url.pathname + url.search, other.urls['sim-google'])
  await assert.rejects(authorizationCodeGrant(config, await choose(elsewhere, 'Anna'), checks))
  await other.close()
})
