import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Connection, type Database, migrate, openConnection, type Queryable, withStores } from '#database/open.ts'
import { type NewProvider, providerStore, registerProvider } from '#features/provider/index.ts'
import { evidenceStore, incidentStore } from '#features/provider-health/index.ts'
import type { AccountId } from '#kernel/id.ts'
import { systemRandom } from '#kernel/random.ts'
import { createSecrets } from '#kernel/secret.ts'
import { federatedIdentifierStore } from './federated-identifier.store.ts'
import { pendingLinkStore } from './pending-link.store.ts'
import { removeProvider } from './remove-provider.ts'

const bind = (db: Queryable) => ({
  evidence: evidenceStore(db),
  federatedIdentifiers: federatedIdentifierStore(db),
  incidents: incidentStore(db),
  pendingLinks: pendingLinkStore(db),
  providers: providerStore(db),
})

let connection: Connection
let database: Database<ReturnType<typeof bind>>
const clock = { now: () => 1_000 }
const secrets = createSecrets([Buffer.alloc(32, 1)], systemRandom)
const deps = () => ({ clock, secrets, inTransaction: database.inTransaction })

before(async () => {
  connection = await openConnection('sqlite::memory:', () => {})
  await migrate(connection)
  database = withStores(connection, bind)
})
after(() => database.close())

const own: NewProvider = {
  id: 'own',
  kind: 'oidc',
  name: 'Own',
  logo: 'own',
  issuer: 'https://id.example',
  clientId: 'client',
  clientSecret: 'secret',
  settings: { scopes: ['openid'], trust: { kind: 'never' } },
}

test('LNK-6: a duplicate id or issuer is refused', async () => {
  await registerProvider(deps(), own)
  for (const other of [own, { ...own, id: 'other' }, { ...own, issuer: 'https://other.example' }]) {
    await assert.rejects(registerProvider(deps(), other), { code: 'provider.taken' })
  }
})

test('the secret is stored encrypted', async () => {
  const stored = (await database.read.providers.find('own'))?.clientSecret ?? ''
  assert.equal(stored.includes('secret'), false)
  assert.equal(secrets.decrypt('provider-secret', stored), 'secret')
})

test('LNK-6: a linked network is switched off instead of deleted, and can be added again only with the same issuer', async () => {
  const link = {
    providerId: 'own',
    subject: 's',
    accountId: 'a' as AccountId,
    linkedAt: 0,
    lastUsedAt: 0,
    quarantinedAt: null,
  }
  await database.inTransaction(({ federatedIdentifiers }) => federatedIdentifiers.insertIfFree(link))
  assert.equal(await removeProvider(deps(), 'own'), 1)
  assert.equal((await database.read.providers.find('own'))?.enabled, false)
  const elsewhere = { ...own, issuer: 'https://evil.example' }
  await assert.rejects(registerProvider(deps(), elsewhere), { code: 'provider.taken' })
  await registerProvider(deps(), { ...own, clientId: 'new client' })
  const back = await database.read.providers.find('own')
  assert.equal(back?.enabled, true)
  assert.equal(back?.clientId, 'new client')
})

test('a network without links is deleted', async () => {
  await registerProvider(deps(), { ...own, id: 'short', issuer: 'https://short.example' })
  assert.equal(await removeProvider(deps(), 'short'), 0)
  assert.equal(await database.read.providers.find('short'), undefined)
  await assert.rejects(removeProvider(deps(), 'short'), { code: 'federation.no-such-network' })
})

test('removing a network deletes its observations: a later network with its id starts afresh', async () => {
  await registerProvider(deps(), { ...own, id: 'gone', issuer: 'https://gone.example' })
  await database.inTransaction(async ({ evidence, incidents }) => {
    await evidence.save('gone', '', {}, undefined, 1)
    await incidents.insert({
      ...{ id: 'i', providerId: 'gone', clientNetwork: '', state: 'down', reason: 'error', since: 1, endedAt: null },
      evidence: { stream: 'token', good: 0, bad: 5, run: 5, share: 1 },
    })
  })
  await removeProvider(deps(), 'gone')
  assert.deepEqual(await database.read.incidents.listOpen(), [])
  assert.equal((await database.read.evidence.ofProvider('gone', [''])).size, 0)
})

test('an invalid network is refused with a reason', async () => {
  const wrong: readonly (readonly [Partial<NewProvider>, string])[] = [
    [{ id: 'Own Network' }, 'provider.id-malformed'],
    [{ id: '../own' }, 'provider.id-malformed'],
    [{ name: ' ' }, 'provider.name-malformed'],
    [{ clientId: '' }, 'provider.client-missing'],
    [{ clientSecret: '' }, 'provider.secret-missing'],
    [{ issuer: 'http://id.example' }, 'provider.address-malformed'],
    [{ issuer: 'javascript:alert(1)' }, 'provider.address-malformed'],
    [{ issuer: 'https://user@id.example' }, 'provider.address-malformed'],
    [{ issuer: 'https://id.example\\@evil.example' }, 'provider.address-malformed'],
    [{ settings: { scopes: [], trust: { kind: 'domains', domains: ['*'] } } }, 'provider.domain-malformed'],
  ]
  for (const [more, code] of wrong) {
    const fresh = { ...own, id: 'fresh', issuer: 'https://fresh.example', ...more }
    await assert.rejects(registerProvider(deps(), fresh), { code }, JSON.stringify(more))
  }
})
