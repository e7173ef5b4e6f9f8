import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { authorizationCodeGrant, type Configuration, fetchUserInfo } from 'openid-client'
import { createScriptFreeBrowser } from '#test/support/browser.ts'
import { type RunningNetworks, startNetworks } from './start-networks.ts'
import { begin, choose, client, discover, googleScope, redirectUri, signIn } from './testing/sign-in.ts'

let networks: RunningNetworks
let url: string
let config: Configuration

before(async () => {
  networks = await startNetworks({ networks: [{ id: 'sim-google', port: 0, ...client }], controlPort: 0 })
  url = networks.urls['sim-google'] as string
  config = await discover(url)
})
after(() => networks.close())

test('after a sign-in with a proved address, id_token and userinfo identify the person', async () => {
  const tokens = await signIn(config, googleScope, 'Anna')
  const claims = tokens.claims()
  assert.equal(claims?.sub, '1001')
  assert.equal(claims?.email, 'anna.lindner@gmail.com')
  assert.equal(claims?.email_verified, true)
  const userinfo = await fetchUserInfo(config, tokens.access_token, '1001')
  assert.deepEqual(userinfo, {
    sub: '1001',
    name: 'Anna Lindner',
    email: 'anna.lindner@gmail.com',
    email_verified: true,
  })
})

test('the claims show an unproved address, no address and a company', async () => {
  const [unproved, none, company] = await Promise.all(
    ['Ben', 'Clara', 'Deniz'].map(async (name) => (await signIn(config, googleScope, name)).claims()),
  )
  assert.equal(unproved?.email_verified, false)
  assert.equal('email' in (none ?? {}), false)
  assert.equal(company?.hd, 'firma.example')
})

test('address and name require their scopes', async () => {
  const claims = (await signIn(config, 'openid', 'Anna')).claims() ?? {}
  assert.equal('email' in claims || 'name' in claims, false)
})

test('the account set by the control server is listed first, and replaces a persona with its subject', async () => {
  await networks.set('sim-google', { account: { subject: '1001', name: 'Zoë <b>', emailVerified: false } })
  const { url: start } = await begin(config, googleScope)
  const page = await createScriptFreeBrowser().open(start.href)
  await networks.set('sim-google', { account: null })
  assert.equal(page.forms[0]?.fields.subject, '1001')
  assert.equal(page.body.includes('<b>'), false)
  assert.equal(page.body.includes('Anna'), false)
})

test('another account can be entered', async () => {
  const { url: start, checks } = await begin(config, googleScope)
  const browser = createScriptFreeBrowser(redirectUri)
  const page = await browser.open(start.href)
  const other = page.forms.find(({ fields }) => fields.choice === 'other')
  const typed = { subject: 'x-7', name: 'Ida', email: 'ida@example.org', emailVerified: 'true' }
  const answer = await browser.submit(page, other, typed)
  assert.equal(answer.status, 303)
  const tokens = await authorizationCodeGrant(config, new URL(answer.headers.get('location') ?? ''), checks)
  assert.equal(tokens.claims()?.sub, 'x-7')
  assert.equal(tokens.claims()?.email_verified, true)
  const empty = await browser.submit(page, other)
  assert.equal(empty.status, 400)
  assert.match(empty.body, /role="alert"/)
})

test('cancelling redirects back with access_denied, the state and the issuer', async () => {
  const { url: start, checks } = await begin(config, googleScope)
  const answer = await choose(start, 'Abbrechen')
  assert.equal(answer.searchParams.get('error'), 'access_denied')
  assert.equal(answer.searchParams.get('iss'), url)
  await assert.rejects(authorizationCodeGrant(config, answer, checks), { code: 'OAUTH_AUTHORIZATION_RESPONSE_ERROR' })
})

test('the page uses the language of ui_locales, else of the browser', async () => {
  const { url: start } = await begin(config, googleScope)
  const german = await createScriptFreeBrowser('', 'de-AT,en;q=0.5').open(start.href)
  const english = await createScriptFreeBrowser('', 'fr, en-GB;q=0.8').open(start.href)
  start.searchParams.set('ui_locales', 'fr en')
  const asked = await createScriptFreeBrowser('', 'de').open(start.href)
  assert.match(german.body, /Netzwerk zum Ausprobieren/)
  assert.match(english.body, /a network for trying things out/)
  assert.match(asked.body, /a network for trying things out/)
})

test('an unknown client or redirect_uri is never redirected to', async () => {
  for (const [name, value] of [
    ['client_id', 'somebody'],
    ['redirect_uri', `${redirectUri}/more`],
    ['redirect_uri', 'http://localhost:1/callback?x'],
  ] as const) {
    const { url: start } = await begin(config, googleScope, { [name]: value })
    const answer = await fetch(start, { redirect: 'manual' })
    assert.equal(answer.status, 400)
    assert.equal(answer.headers.has('location'), false)
  }
})

test('an invalid request is sent back with the standard error', async () => {
  const broken: readonly [Record<string, string>, string][] = [
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ scope: 'email' }, 'invalid_scope'],
    [{ code_challenge: '' }, 'invalid_request'],
    [{ code_challenge_method: 'plain' }, 'invalid_request'],
    [{ request: 'x' }, 'request_not_supported'],
    [{ prompt: 'none' }, 'login_required'],
  ]
  for (const [parameters, error] of broken) {
    const { url: start } = await begin(config, googleScope, parameters)
    const answer = await fetch(start, { redirect: 'manual' })
    const location = new URL(answer.headers.get('location') ?? '')
    assert.equal(location.searchParams.get('error'), error)
    assert.equal(location.searchParams.get('state'), start.searchParams.get('state'))
  }
})

test('a code can be used once; a second use revokes the token of the first', async () => {
  const { url: start, checks } = await begin(config, googleScope)
  const answer = await choose(start, 'Anna')
  const tokens = await authorizationCodeGrant(config, answer, checks)
  await assert.rejects(authorizationCodeGrant(config, answer, checks), { error: 'invalid_grant' })
  await assert.rejects(fetchUserInfo(config, tokens.access_token, '1001'), { status: 401 })
})

test('a wrong verifier is refused, and consumes the code', async () => {
  const { url: start, checks } = await begin(config, googleScope)
  const answer = await choose(start, 'Anna')
  const wrong = { ...checks, pkceCodeVerifier: 'w'.repeat(43) }
  await assert.rejects(authorizationCodeGrant(config, answer, wrong), { error: 'invalid_grant' })
  await assert.rejects(authorizationCodeGrant(config, answer, checks), { error: 'invalid_grant' })
})

test('a wrong client secret and a wrong grant type are refused', async () => {
  const post = (body: Record<string, string>) =>
    fetch(`${url}/token`, { method: 'POST', body: new URLSearchParams({ client_id: client.clientId, ...body }) })
  const stranger = await post({ client_secret: 'wrong', grant_type: 'authorization_code' })
  assert.equal(stranger.status, 401)
  assert.deepEqual(((await stranger.json()) as { error: string }).error, 'invalid_client')
  const password = await post({ client_secret: client.clientSecret, grant_type: 'password' })
  assert.equal(password.status, 400)
  assert.deepEqual(((await password.json()) as { error: string }).error, 'unsupported_grant_type')
})
