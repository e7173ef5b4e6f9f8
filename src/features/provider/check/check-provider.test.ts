import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Connection, type Database, migrate, openConnection, type Queryable, withStores } from '#database/open.ts'
import { day } from '#kernel/duration.ts'
import { createProviderClient } from '../client/provider-client.ts'
import { presets } from '../presets/index.ts'
import { providerStore } from '../provider.store.ts'
import type { Provider } from '../provider.ts'
import { type LoopbackNetworks, secrets, startLoopbackNetworks } from '../testing/loopback-networks.ts'
import { checkDueProviders, checkProvider } from './check-provider.ts'
import { providerCheckStore } from './provider-check.store.ts'

const bind = (db: Queryable) => ({ providers: providerStore(db), providerChecks: providerCheckStore(db) })

let connection: Connection
let database: Database<ReturnType<typeof bind>>
let networks: LoopbackNetworks
let now = Date.parse('2027-01-01')
const clock = { now: () => now }

before(async () => {
  connection = await openConnection('sqlite::memory:', () => {})
  await migrate(connection)
  database = withStores(connection, bind)
  networks = await startLoopbackNetworks()
})
after(async () => {
  networks.close()
  await database.close()
})

const deps = () => ({
  clock,
  providerClient: createProviderClient({ clock, secrets, outboundRanges: ['127.0.0.0/8', '::1/128'] }),
  redirectUriOf: (id: string) => `http://localhost/${id}`,
  read: database.read,
  inTransaction: database.inTransaction,
})

/** A Google that answers checks, with the given values in its discovery document. */
function google(document: Record<string, unknown> = {}, error = 'invalid_grant'): Provider {
  const provider = networks.provider('google')
  const { issuer } = provider
  networks.answer = ({ place }) =>
    place.endsWith('openid-configuration')
      ? {
          body: {
            issuer,
            authorization_endpoint: `${issuer}/authorize`,
            token_endpoint: `${issuer}/token`,
            jwks_uri: `${issuer}/keys`,
            ...document,
          },
        }
      : { status: 400, body: { error } }
  return provider
}

test('a correctly set up network has no findings', async () => {
  assert.deepEqual(await checkProvider(deps(), google()), [])
})

test('a rejected secret is an error, under any of the codes that networks use', async () => {
  assert.deepEqual(await checkProvider(deps(), google({}, 'invalid_client')), [
    { severity: 'error', code: 'failed', failure: 'refused', reason: 'invalid_client' },
  ])
  const github = networks.provider('github')
  networks.answer = () => ({ body: { error: 'incorrect_client_credentials' } })
  const [finding] = await checkProvider(deps(), github)
  assert.deepEqual([finding?.severity, finding?.code], ['error', 'failed'])
})

test('an unreachable network is an error, and its last discovery document is kept', async () => {
  await checkProvider(deps(), google())
  const [finding] = await checkProvider(deps(), { ...google(), issuer: 'http://localhost:1' })
  assert.deepEqual(finding && 'failure' in finding && finding.failure, 'unreachable')
  assert.ok((await database.read.providerChecks.find('google'))?.discovery)
})

test('each change of a discovery document is reported once', async () => {
  const { issuer } = google()
  await checkProvider(deps(), google())
  const change = { token_endpoint: `${issuer}/v2/token`, userinfo_endpoint: `${issuer}/me` }
  const warning = { severity: 'warning', code: 'discovery-changed' }
  assert.deepEqual(await checkProvider(deps(), google(change)), [
    { ...warning, name: 'token_endpoint', before: `${issuer}/token`, after: `${issuer}/v2/token` },
    { ...warning, name: 'userinfo_endpoint', before: null, after: `${issuer}/me` },
  ])
  assert.deepEqual(await checkProvider(deps(), google(change)), [])
})

test('a discovery document of another issuer is a separate error', async () => {
  assert.deepEqual(await checkProvider(deps(), google({ issuer: 'https://evil.example' })), [
    { severity: 'error', code: 'issuer-differs', told: 'https://evil.example' },
  ])
})

test('a secret that expires within 30 days is a warning, an expired one an error', async () => {
  const severity = async (secretExpiresAt: number) =>
    (await checkProvider(deps(), { ...google(), secretExpiresAt })).map((finding) => finding.severity)
  assert.deepEqual(await severity(now + 31 * day), [])
  assert.deepEqual(await severity(now + 30 * day), ['warning'])
  assert.deepEqual(await severity(now), ['error'])
})

test('a deprecation is a warning 90 days ahead, and an error from its date', async () => {
  const { date } = presets.facebook.deprecations[0]
  const facebook = { ...networks.provider('facebook'), issuer: presets.facebook.issuer }
  networks.answer = () => ({ status: 400, body: { error: { type: 'OAuthException', code: 100 } } })
  const findings = async (at: number) => {
    now = at
    return (await checkProvider(deps(), facebook)).map(({ severity, code }) => [severity, code])
  }
  assert.deepEqual(await findings(Date.parse(date) - 91 * day), [])
  assert.deepEqual(await findings(Date.parse(date) - 90 * day), [['warning', 'deprecated']])
  assert.deepEqual(await findings(Date.parse(date)), [['error', 'deprecated']])
})

test('every deprecation has a date and a source', () => {
  for (const { date, source } of presets.facebook.deprecations) {
    assert.match(date, /^\d{4}-\d\d-\d\d$/)
    assert.match(source, /^https:\/\//)
  }
})

test('each enabled network is checked once a day by one of the nodes, which reports only new findings', async () => {
  now += day
  await database.inTransaction(async ({ providers }) => {
    await providers.insert({ ...google(), id: 'off', issuer: 'https://off.example', enabled: false })
    await providers.insert(google({}, 'invalid_client'))
  })
  const checked = async () => {
    const nodes = await Promise.all([checkDueProviders(deps()), checkDueProviders(deps())])
    return nodes.flat().map(({ providerId }) => providerId)
  }
  const last = async () =>
    (await database.read.providerChecks.list()).map(({ providerId, checkedAt }) => ({ providerId, checkedAt }))
  const begunAt = now
  assert.deepEqual(await checked(), ['google'])
  now += day
  assert.deepEqual(await checked(), [])
  assert.deepEqual(await last(), [{ providerId: 'google', checkedAt: begunAt }])
  now += 1
  assert.deepEqual(await checked(), [], 'no new findings')
  assert.deepEqual(await last(), [{ providerId: 'google', checkedAt: now }])
})
