import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { type Connection, type Database, migrate, openConnection, type Queryable, withStores } from '#database/open.ts'
import { identifierStore } from '#features/account/index.ts'
import { federatedIdentifierStore } from '#features/network-link/index.ts'
import { passwordStore } from '#features/password/index.ts'
import { providerStore } from '#features/provider/index.ts'
import type { Health } from '#features/provider-health/index.ts'
import type { AccountId } from '#kernel/id.ts'
import { authenticators } from '../authenticators.ts'
import { wayOf } from '../testing/ways.ts'
import { waysOfAccount } from './offer-ways.ts'
import { independentWays, mayRemove } from './ways-left.ts'

const bind = (db: Queryable) => ({
  federatedIdentifiers: federatedIdentifierStore(db),
  identifiers: identifierStore(db),
  passwords: passwordStore(db),
  providers: providerStore(db),
})

const accountId = 'a' as AccountId
let connection: Connection
let database: Database<ReturnType<typeof bind>>

beforeEach(async () => {
  connection = await openConnection('sqlite::memory:', () => {})
  await migrate(connection)
  database = withStores(connection, bind)
  const account = { id: accountId, name: 'Anna', locale: 'de', created_at: 0, disabled_at: null } as const
  await connection.migrator.insertInto('account').values(account).execute()
  for (const id of ['google', 'x']) await addProvider(id)
})
afterEach(() => database.close())

const addProvider = (id: string, enabled = true) =>
  database.inTransaction(({ providers }) =>
    providers.insert({
      ...{ id, kind: 'oidc', name: id, logo: id, issuer: `https://${id}.example`, clientId: 'c', clientSecret: 's' },
      settings: {
        scopes: [],
        trust: { kind: 'never' },
        ...(id === 'google' && { mailboxDomains: ['gmail.com'] }),
      },
      ...{ enabled, createdAt: 0, secretExpiresAt: null },
    }),
  )
const switchOff = (id: string) => database.inTransaction(({ providers }) => providers.switchOff(id))
const link = (providerId: string, quarantinedAt: number | null = null, subject = 's') =>
  database.inTransaction(({ federatedIdentifiers }) =>
    federatedIdentifiers.insertIfFree({ providerId, subject, accountId, linkedAt: 0, lastUsedAt: 0, quarantinedAt }),
  )
const address = (canonical: string, provedAt: number | null = 1) =>
  database.inTransaction(({ identifiers }) =>
    identifiers.insert(
      { id: canonical, accountId, kind: 'email', canonical, display: canonical, provedAt, primary: true },
      0,
    ),
  )
const password = () => database.inTransaction(({ passwords }) => passwords.set(accountId, 'hash', 0))
const disablePassword = () =>
  connection.migrator.updateTable('password').set({ disabled_at: 1 }).where('account_id', '=', accountId).execute()

const ways = (health: ReadonlyMap<string, Health> = new Map()) => {
  const deps = { authenticators, health: { health: () => health }, providerClient: { origin: () => '' } }
  return waysOfAccount(deps, database.read, accountId)
}
const mayUnlinkGoogle = async (health?: ReadonlyMap<string, Health>) =>
  mayRemove(await ways(health), ({ network }) => network?.id === 'google')

test('the only network cannot be removed', async () => {
  await link('google')
  assert.equal(await mayUnlinkGoogle(), false)
})

test('a mailed link alone does not count as another way', async () => {
  await link('google')
  await address('a@b.example')
  assert.equal(await mayUnlinkGoogle(), false)
})

test('a password with a proved address counts as another way', async () => {
  await link('google')
  await address('a@b.example')
  await password()
  assert.equal(await mayUnlinkGoogle(), true)
})

test('a password without a proved address does not count', async () => {
  await link('google')
  await address('a@b.example', null)
  await password()
  assert.equal(await mayUnlinkGoogle(), false)
})

test('a disabled password does not count', async () => {
  await link('google')
  await address('a@b.example')
  await password()
  await disablePassword()
  assert.equal(await mayUnlinkGoogle(), false)
})

test('another network counts', async () => {
  await link('google')
  await link('x')
  assert.equal(await mayUnlinkGoogle(), true)
})

test('another network in quarantine does not count', async () => {
  await link('google')
  await link('x', 1)
  assert.equal(await mayUnlinkGoogle(), false)
})

test('another network that is switched off does not count', async () => {
  await link('google')
  await link('x')
  await switchOff('x')
  assert.equal(await mayUnlinkGoogle(), false)
})

test('another network that is down or overridden as off does not count', async () => {
  await link('google')
  await link('x')
  for (const state of ['down', 'off'] as const) assert.equal(await mayUnlinkGoogle(new Map([['x', { state }]])), false)
  assert.equal(await mayUnlinkGoogle(new Map([['x', { state: 'troubled' }]])), true)
})

test('two identities at the same network are removed together', async () => {
  await link('google')
  await link('google', null, 't')
  assert.equal(await mayUnlinkGoogle(), false)
})

test('a way that does not work can always be removed', async () => {
  await link('google', 1)
  assert.equal(await mayUnlinkGoogle(), true)
})

test('a network and a mailbox of the same account at that network count as one way', async () => {
  await link('google')
  await address('anna@gmail.com')
  assert.equal(independentWays(await ways()), 1)
  await address('anna@example.org')
  assert.equal(independentWays(await ways()), 2)
})

test('a network that is down is not counted', async () => {
  await link('google')
  await link('x')
  assert.equal(independentWays(await ways()), 2)
  assert.equal(independentWays(await ways(new Map([['x', { state: 'down' }]]))), 1)
})

test('dependent ways count once, in any order', () => {
  const chain = [
    wayOf('network', { dependsOn: ['a', 'b'] }),
    wayOf('mailed-link', { dependsOn: ['b', 'c'] }),
    wayOf('network', { dependsOn: ['c', 'd'] }),
  ]
  // The outer two share no dependency, but each shares one with the middle one.
  for (const order of [chain, chain.toReversed(), [chain[1], chain[0], chain[2]]]) {
    assert.equal(independentWays(order.flatMap((way) => way ?? [])), 2)
  }
  assert.equal(independentWays([...chain, wayOf('password')]), 3)
})
