import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, before, test } from 'node:test'
import { decodeJwt, decodeProtectedHeader, exportPKCS8, generateKeyPair } from 'jose'
import { minute } from '#kernel/duration.ts'
import { presets } from '../presets/index.ts'
import type { Provider } from '../provider.ts'
import { ProviderError } from '../provider-error.ts'
import {
  type Answer,
  type LoopbackNetworks,
  type ReceivedRequest,
  secrets,
  startLoopbackNetworks,
} from '../testing/loopback-networks.ts'
import { createProviderClient } from './provider-client.ts'
import type { TimedStep } from './timed-step.ts'

let networks: LoopbackNetworks
let now = Date.now()
const clock = { now: () => now }
const checks = { verifier: 'v'.repeat(43), nonce: 'n' }
const redirectUri = 'http://localhost/callback'
const tokens = { access_token: 'token', token_type: 'bearer' }

before(async () => {
  networks = await startLoopbackNetworks()
})
after(() => networks.close())

const client = createProviderClient({ clock, secrets, outboundRanges: ['127.0.0.0/8', '::1/128'] })
const steps: TimedStep[] = []

/** Finishes an attempt with the code and these parameters. */
function finish(provider: Provider, query: Record<string, string> = {}) {
  steps.length = 0
  const answer = new URL(`${redirectUri}?${new URLSearchParams({ code: 'c', state: 's', ...query })}`)
  return client.finish(provider, answer, checks, (step) => steps.push(step))
}

async function errorOf(work: Promise<unknown>): Promise<ProviderError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  assert.ok(error instanceof ProviderError, String(error))
  return error
}

/** Answers requests by the end of their path. */
function answering(places: Record<string, (asked: ReceivedRequest) => Answer>): LoopbackNetworks['answer'] {
  return (asked) => Object.entries(places).find(([place]) => asked.place.endsWith(place))?.[1](asked)
}

const answerWith = (body: unknown) => () => ({ body })
const lastRequestTo = (end: string) => networks.asked.findLast(({ place }) => place.endsWith(end))
const startOf = (provider: Provider) =>
  client.start(provider, { redirectUri, state: 's', checks, language: 'de' }).then((url) => url.searchParams)

function discovery(issuer: string) {
  return {
    issuer,
    authorization_endpoint: `${issuer}/a`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    token_endpoint_auth_methods_supported: ['client_secret_post'],
    id_token_signing_alg_values_supported: ['ES256'],
  }
}

async function applePerson(change: Partial<Provider> = {}): Promise<Provider> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const provider = networks.provider('apple', {
    clientId: 'com.example.service',
    clientSecret: secrets.encrypt('provider-secret', await exportPKCS8(privateKey)),
    ...change,
  })
  const signedSecret = { teamId: 'TEAM', keyId: 'KEY' }
  const apple = { ...provider, settings: { ...provider.settings, signedSecret } }
  const claims = { iss: apple.issuer, aud: apple.clientId, sub: 's', nonce: checks.nonce }
  const seconds = Math.floor(Date.now() / 1_000)
  const idToken = await networks.sign({ ...claims, iat: seconds, exp: seconds + 60 })
  networks.answer = answering({
    'openid-configuration': answerWith(discovery(apple.issuer)),
    '/keys': answerWith(networks.keys()),
    '/token': answerWith({ ...tokens, id_token: idToken }),
  })
  return apple
}

test('Apple: the secret is signed for five minutes, and reused until it expires', async () => {
  const apple = await applePerson()
  await finish(apple)
  const secretSent = () =>
    networks.asked.findLast(({ place }) => place.endsWith('/token'))?.body.get('client_secret') ?? ''
  const first = secretSent()
  assert.deepEqual(decodeProtectedHeader(first), { alg: 'ES256', kid: 'KEY' })
  const { iss, sub, aud, iat = 0, exp = 0 } = decodeJwt(first)
  assert.deepEqual([iss, sub, aud, exp - iat], ['TEAM', 'com.example.service', apple.issuer, 300])
  await finish(apple)
  assert.equal(secretSent(), first)
  now += 4 * minute
  await finish(apple)
  assert.notEqual(secretSent(), first)
  now -= 4 * minute
})

test('Apple: an attempt with an invalid signing key is refused', async () => {
  const apple = await applePerson({ clientSecret: secrets.encrypt('provider-secret', 'no key') })
  assert.equal((await errorOf(finish(apple))).failure, 'refused')
})

test('Apple: the response comes as a form, of which only the name is used', async () => {
  const apple = await applePerson()
  assert.equal((await startOf(apple)).get('response_mode'), 'form_post')
  const user = JSON.stringify({ sub: 'another', name: { firstName: 'Jane', lastName: 'Doe' }, email: 'a@b.example' })
  const claims = await finish(apple, { user })
  assert.deepEqual([claims.sub, claims.name, claims.email], ['s', 'Jane Doe', undefined])
  for (const nonsense of ['', '{', 'null', '{"name":7}', '{"name":{"firstName":{}}}']) {
    assert.equal((await finish(apple, { user: nonsense })).sub, 's')
  }
})

test('Facebook: the token must belong to our app and to the user, and requests carry a proof of the secret', async () => {
  const facebook = networks.provider('facebook')
  let debug: Record<string, unknown> = {}
  networks.answer = answering({
    '/oauth/access_token': answerWith(tokens),
    '/me': answerWith({ id: '1207059', name: 'Jane' }),
    '/debug_token': () => ({ body: { data: debug } }),
  })
  const good = { app_id: 'client', is_valid: true, user_id: '1207059' }
  debug = good
  assert.equal((await finish(facebook)).id, '1207059')
  const proof = createHmac('sha256', 'secret').update('token').digest('hex')
  assert.equal(lastRequestTo('/me')?.query.get('appsecret_proof'), proof)
  assert.equal(lastRequestTo('/debug_token')?.query.get('input_token'), 'token')
  assert.equal(lastRequestTo('/debug_token')?.query.get('access_token'), 'client|secret')
  for (const wrong of [
    { app_id: 'other' },
    { is_valid: false },
    { is_valid: 'true' },
    { user_id: '7' },
    { user_id: undefined },
  ]) {
    debug = { ...good, ...wrong }
    assert.equal((await errorOf(finish(facebook))).failure, 'refused', JSON.stringify(wrong))
  }
})

test('VK: the device and the state are sent with the code, and the user is requested with a form', async () => {
  const vk = networks.provider('vk')
  networks.answer = answering({
    '/oauth2/auth': answerWith(tokens),
    '/user_info': answerWith({ user: { user_id: '1' } }),
  })
  await finish(vk, { device_id: 'device' })
  const { body } = lastRequestTo('/oauth2/auth') ?? {}
  assert.deepEqual(
    [body?.get('device_id'), body?.get('state'), body?.get('code_verifier')],
    ['device', 's', checks.verifier],
  )
  const user = lastRequestTo('/user_info')
  assert.deepEqual(
    [user?.method, user?.body.get('access_token'), user?.body.get('client_id')],
    ['POST', 'token', 'client'],
  )
  assert.equal(user?.headers.authorization, undefined)
})

test('TikTok: the client id is client_key, scopes are separated by commas, and an envelope has the status', async () => {
  const tiktok = networks.provider('tiktok')
  const start = await startOf(tiktok)
  assert.deepEqual(
    [start.get('client_key'), start.has('client_id'), start.get('scope')],
    ['client', false, 'user.info.basic'],
  )
  let error = { code: 'ok' }
  networks.answer = answering({
    '/oauth/token/': answerWith(tokens),
    '/user/info/': () => ({ body: { data: { user: { open_id: 'o' } }, error } }),
  })
  await finish(tiktok)
  const { body } = lastRequestTo('/oauth/token/') ?? {}
  assert.deepEqual(
    [body?.get('client_key'), body?.get('client_secret'), body?.has('client_id')],
    ['client', 'secret', false],
  )
  error = { code: 'access_token_invalid' }
  const { failure, code } = await errorOf(finish(tiktok))
  assert.deepEqual([failure, code], ['refused', 'access_token_invalid'])
})

test('Twitch: scopes come as a list, and the user request needs the client id', async () => {
  const twitch = networks.provider('twitch')
  networks.answer = answering({
    '/oauth2/token': answerWith({ ...tokens, scope: ['user:read:email'] }),
    '/users': ({ headers }) =>
      headers['client-id'] === 'client' ? { body: { data: [{ id: '1' }] } } : { status: 401, body: {} },
  })
  await finish(twitch)
  networks.answer = answering({
    '/oauth2/token': () => ({ status: 403, body: { status: 403, message: 'invalid client secret' } }),
  })
  assert.equal((await errorOf(finish(twitch))).code, 'invalid_client')
})

test('Yandex, Mail.ru and Dropbox: each takes the token in a different way', async () => {
  const asked = async (id: 'yandex' | 'mailru' | 'dropbox', end: string) => {
    const provider = networks.provider(id)
    networks.answer = (each) => ({ body: each.place.endsWith('token') ? tokens : { id: '1' } })
    await finish(provider)
    const { method, headers, query } = lastRequestTo(end) ?? {}
    return [method, headers?.authorization, query?.get('access_token')]
  }
  assert.deepEqual(await asked('yandex', '/info'), ['GET', 'OAuth token', null])
  assert.deepEqual(await asked('mailru', '/userinfo'), ['GET', undefined, 'token'])
  assert.deepEqual(await asked('dropbox', '/get_current_account'), ['POST', 'Bearer token', null])
})

test('LINE and LinkedIn: an id_token that cannot be verified is ignored', async () => {
  for (const id of ['line', 'linkedin'] as const) {
    const provider = networks.provider(id)
    const idToken = await networks.sign({ iss: 'https://evil.example', sub: 'another' })
    networks.answer = (each) => ({
      body: /token$|accessToken$/i.test(each.place) ? { ...tokens, id_token: idToken } : { id },
    })
    assert.deepEqual(await finish(provider), { id })
    assert.equal((await startOf(provider)).has('nonce'), false)
  }
})

test('PKCE is used with every network except those that do not document it', async () => {
  for (const id of Object.keys(presets) as (keyof typeof presets)[]) {
    const provider = networks.provider(id)
    networks.answer = answering({ 'openid-configuration': answerWith(discovery(provider.issuer)) })
    const { pkce } = provider.settings
    assert.equal((await startOf(provider)).get('code_challenge_method'), pkce === 'ignored' ? null : 'S256', id)
  }
})

test('an error with status 200, or as an object, is a refusal with the network’s code', async () => {
  const answers = [
    [
      'github',
      { error: 'bad_verification_code', error_description: 'The code is incorrect.' },
      'bad_verification_code',
    ],
    ['naver', { error: 'invalid_request', error_description: 'no valid data in session' }, 'invalid_request'],
    [
      'facebook',
      { error: { type: 'OAuthException', code: 100, message: 'This code has been used.' } },
      'oauthexception.100',
    ],
    ['github', { error: 'incorrect_client_credentials' }, 'invalid_client'],
  ] as const
  for (const [id, body, word] of answers) {
    const provider = networks.provider(id)
    networks.answer = answerWith(body)
    const { failure, code } = await errorOf(finish(provider))
    assert.deepEqual([failure, code], ['refused', word])
    assert.deepEqual(
      steps.map(({ step, failure }) => [step, failure]),
      [['token', 'refused']],
    )
  }
})

test('each request is reported when it ends; a refusal that the browser brings is not a request', async () => {
  const github = networks.provider('github')
  networks.answer = (each) => ({ body: each.place.endsWith('access_token') ? tokens : [] })
  await finish(github)
  assert.deepEqual(
    steps.map(({ step, failure }) => [step, failure]),
    [
      ['token', null],
      ['user-data', null],
    ],
  )
  networks.answer = (each) => (each.place.endsWith('access_token') ? { body: tokens } : { status: 503, body: {} })
  assert.equal((await errorOf(finish(github))).failure, 'error')
  assert.deepEqual(
    steps.map(({ step, failure }) => [step, failure]),
    [
      ['token', null],
      ['user-data', 'error'],
    ],
  )
  const refusal = new URL(`${redirectUri}?error=Sorry%20%3Cb%3Ex_1&state=s`)
  const { failure, code } = await errorOf(client.finish(github, refusal, checks, (step) => steps.push(step)))
  assert.deepEqual([failure, code, steps.length], ['refused', 'sorrybx_1', 2])
})

test('the codes of LinkedIn and Apple for turning back count as cancelled', async () => {
  for (const error of ['access_denied', 'user_cancelled_login', 'user_cancelled_authorize']) {
    const refusal = new URL(`${redirectUri}?${new URLSearchParams({ error, state: 's' })}`)
    const { failure } = await errorOf(client.finish(networks.provider('linkedin'), refusal, checks, () => {}))
    assert.equal(failure, 'cancelled')
  }
})

test('an id_token with a time in the past or future is reported as a clock problem', async () => {
  const google = networks.provider('google')
  const seconds = Math.floor(Date.now() / 1_000)
  const times = [
    [{ iat: seconds - 7_200, exp: seconds - 3_600 }, 'clock'],
    [{ iat: seconds + 3_600, exp: seconds + 7_200 }, 'clock'],
    [{ iat: seconds, exp: seconds + 60, nbf: seconds + 3_600 }, 'clock'],
    [{ iat: seconds, exp: seconds + 60, nonce: 'other' }, 'nonsense'],
  ] as const
  for (const [claims, failure] of times) {
    const idToken = await networks.sign({ iss: google.issuer, aud: 'client', sub: 's', nonce: checks.nonce, ...claims })
    networks.answer = answering({
      'openid-configuration': answerWith(discovery(google.issuer)),
      '/keys': answerWith(networks.keys()),
      '/token': answerWith({ ...tokens, id_token: idToken }),
    })
    assert.equal((await errorOf(finish(google))).failure, failure)
  }
})

test('GitHub: a response with its own iss is accepted, one with another iss is refused', async () => {
  const github = networks.provider('github')
  networks.answer = (each) => ({ body: each.place.endsWith('access_token') ? tokens : [] })
  await finish(github, { iss: networks.relocate('https://github.com/login/oauth') })
  assert.equal((await errorOf(finish(github, { iss: 'https://evil.example' }))).failure, 'nonsense')
})
