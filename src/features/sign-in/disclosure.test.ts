import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { type Database, migrate, openConnection, type Queryable, withStores } from '#database/open.ts'
import { auditStore } from '#features/audit/index.ts'
import { throttleStore } from '#features/throttle/index.ts'
import { hour } from '#kernel/duration.ts'
import { systemRandom } from '#kernel/random.ts'
import { createSecrets } from '#kernel/secret.ts'
import { type Disclosure, mayTellSocialOnly } from './disclosure.ts'

const stores = (db: Queryable) => ({ audit: auditStore(db), throttle: throttleStore(db) })
const secrets = createSecrets([systemRandom.bytes(32)], systemRandom)

let database: Database<ReturnType<typeof stores>>
let db: Queryable
let now: number

beforeEach(async () => {
  const connection = await openConnection('sqlite::memory:', () => {})
  await migrate(connection)
  db = connection.migrator
  database = withStores(connection, stores)
  now = 1_000_000_000_000
})

const ask = (clientNetwork: string, disclosure: Disclosure = 'guided') =>
  mayTellSocialOnly(
    { disclosure, random: systemRandom, secrets, clock: { now: () => now }, inTransaction: database.inTransaction },
    clientNetwork,
  )
/** Asks once from each client network in turn, and counts the disclosures. */
const countDisclosed = async (clientNetworks: readonly string[]) => {
  let count = 0
  for (const clientNetwork of clientNetworks) if (await ask(clientNetwork)) count += 1
  return count
}
const events = async () => (await db.selectFrom('audit').select('event').execute()).map((row) => row.event)

test('ENU-6: one client network gets ten disclosures at once, and exceeding that is audited', async () => {
  assert.equal(await countDisclosed(Array(30).fill('203.0.113.0/24')), 10)
  assert.deepEqual(new Set(await events()), new Set(['disclosure.budget-spent']))
  assert.equal(await ask('198.51.100.0/24'), true)
  now += hour / 10
  assert.equal(await countDisclosed(Array(5).fill('203.0.113.0/24')), 1)
})

test('ENU-6: asking slowly yields no more than the budget allows', async () => {
  let count = await countDisclosed(Array(20).fill('203.0.113.0/24'))
  for (let minutes = 0; minutes < 600; minutes++) {
    now += hour / 60
    if (await ask('203.0.113.0/24')) count += 1
  }
  assert.ok(count <= 10 + 100, String(count))
})

test('ENU-6: a thousand client networks together get no more than the total budget', async () => {
  assert.equal(
    await countDisclosed(Array.from({ length: 1_000 }, (_, index) => `10.${index >> 8}.${index & 255}.0/24`)),
    200,
  )
  assert.equal(await ask('192.0.2.0/24'), false)
  now += hour
  assert.equal(await ask('192.0.2.0/24'), true)
})

test('ENU-6: concurrent requests do not exceed the budget', async () => {
  const answers = await Promise.all(Array.from({ length: 40 }, () => ask('203.0.113.0/24')))
  assert.equal(answers.filter(Boolean).length, 10)
})

test('private mode discloses nothing and takes from no budget', async () => {
  assert.equal(await ask('203.0.113.0/24', 'private'), false)
  assert.deepEqual(await events(), [])
})
