import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { exportPKCS8, generateKeyPair } from 'jose'
import { type Connection, type Database, migrate, openConnection, type Queryable, withStores } from '#database/open.ts'
import { type Preset, presetOf, presets } from './presets/index.ts'
import { providerStore } from './provider.store.ts'
import { registerProvider } from './register-provider.ts'
import { secrets } from './testing/loopback-networks.ts'

const bind = (db: Queryable) => ({ providers: providerStore(db) })

let connection: Connection
let database: Database<ReturnType<typeof bind>>

before(async () => {
  connection = await openConnection('sqlite::memory:', () => {})
  await migrate(connection)
  database = withStores(connection, bind)
})
after(() => database.close())

const register = (id: string, { name, kind, logo, issuer, settings }: Preset, clientSecret = 'secret') =>
  registerProvider(
    { clock: { now: () => 1_000 }, secrets, inTransaction: database.inTransaction },
    { id, name, kind, logo, issuer, settings, clientId: 'client', clientSecret },
  )

test('all presets can be set up side by side, and are recognized by their issuers', async () => {
  const entries = Object.entries<Preset>(presets)
  for (const [id, preset] of entries) await register(id, preset)
  const rows = await database.read.providers.list()
  assert.equal(rows.length, entries.length)
  for (const row of rows) assert.equal(presetOf(row), presets[row.id as keyof typeof presets])
})

test('a signing key must be a valid ES256 private key', async () => {
  const settings = { ...presets.apple.settings, signedSecret: { teamId: 'TEAM', keyId: 'KEY' } }
  const apple = { ...presets.apple, issuer: 'https://apple.example', settings }
  const refused = { code: 'provider.key-malformed' }
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  await assert.rejects(register('apple-2', apple, 'secret'), refused)
  await assert.rejects(register('apple-2', apple, await exportPKCS8(privateKey)), refused)
  const pair = await generateKeyPair('ES256', { extractable: true })
  await register('apple-2', apple, await exportPKCS8(pair.privateKey))
})
