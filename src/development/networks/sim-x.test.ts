import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { authorizationCodeGrant, type Configuration, fetchProtectedResource } from 'openid-client'
import { type RunningNetworks, startNetworks } from './start-networks.ts'
import { begin, choose, client, configureX, signIn, xScope } from './testing/sign-in.ts'

let networks: RunningNetworks
let url: string
let config: Configuration

before(async () => {
  networks = await startNetworks({ networks: [{ id: 'sim-x', port: 0, ...client }], controlPort: 0 })
  url = networks.urls['sim-x'] as string
  config = configureX(url)
})
after(() => networks.close())

async function requestMe(scope: string, text: string, fields = 'confirmed_email') {
  const { access_token } = await signIn(config, scope, text)
  return fetchProtectedResource(config, access_token, new URL(`${url}/2/users/me?user.fields=${fields}`), 'GET')
}

async function me(...request: Parameters<typeof requestMe>) {
  return (await requestMe(...request)).json() as Promise<{ data: object }>
}

test('confirmed_email is returned only for a proved address', async () => {
  assert.deepEqual(await me(xScope, 'Anna'), {
    data: { id: '1001', name: 'Anna Lindner', username: 'annalindne1001', confirmed_email: 'anna.lindner@gmail.com' },
  })
  assert.equal('confirmed_email' in (await me(xScope, 'Ben')).data, false)
  assert.equal('confirmed_email' in (await me(xScope, 'Clara')).data, false)
})

test('confirmed_email must be requested by field and by scope', async () => {
  assert.equal('confirmed_email' in (await me(xScope, 'Anna', 'url')).data, false)
  assert.equal('confirmed_email' in (await me('users.read tweet.read', 'Anna')).data, false)
})

test('the user endpoint requires the scopes that X requires', async () => {
  assert.equal((await requestMe('users.email', 'Anna')).status, 403)
})

test('there is no iss in the authorization response, and a state is required', async () => {
  const answer = await choose((await begin(config, xScope)).url, 'Anna')
  assert.equal(answer.searchParams.has('iss'), false)
  const { url: start } = await begin(config, xScope, { state: '' })
  const refused = await fetch(start, { redirect: 'manual' })
  assert.match(refused.headers.get('location') ?? '', /error=invalid_request/)
})

test('the client can only authenticate with HTTP Basic', async () => {
  const { url: start, checks } = await begin(config, xScope)
  const code = (await choose(start, 'Anna')).searchParams.get('code') ?? ''
  const body = new URLSearchParams({
    client_id: client.clientId,
    client_secret: client.clientSecret,
    grant_type: 'authorization_code',
    code,
    redirect_uri: client.redirectUris[0] as string,
    code_verifier: checks?.pkceCodeVerifier ?? '',
  })
  assert.equal((await fetch(`${url}/2/oauth2/token`, { method: 'POST', body })).status, 401)
})

test('a code with another redirect_uri is refused', async () => {
  const { url: start, checks } = await begin(config, xScope)
  const answer = await choose(start, 'Anna')
  const elsewhere = new URL(answer.href.replace('/callback', '/elsewhere'))
  await assert.rejects(authorizationCodeGrant(config, elsewhere, checks), { error: 'invalid_grant' })
})
