import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { Migrator } from 'kysely/migration'
import { migrations } from '#database/migrations/index.ts'
import { type Connection, migrate, openConnection } from '#database/open.ts'
import { knownBrowserStore, type Proof, sessionStore } from '#features/session/index.ts'
import { hour, minute } from '#kernel/duration.ts'
import type { AccountId } from '#kernel/id.ts'
import { systemRandom } from '#kernel/random.ts'
import { createSecrets } from '#kernel/secret.ts'
import { systemTimers } from '#kernel/timers.ts'
import { email, outboxStore, startOutboxWorker, transport } from '#outbox/index.ts'
import { createTestClock } from '../support/app.ts'
import { type Engine, onEachEngine } from '../support/engines.ts'
import { startPostgres } from '../support/postgres.ts'

const databases: Readonly<Record<Engine, () => Promise<string>>> = {
  sqlite: async () => 'sqlite::memory:',
  postgres: async () => (await startPostgres()).createDatabase(),
}

onEachEngine((engine) => {
  let connection: Connection

  beforeEach(async () => {
    connection = await openConnection(await databases[engine](), assert.ifError)
  })
  afterEach(() => connection.close())

  /** Migrates the empty database up to an older version. */
  const migrateTo = async (name: string) => {
    const provider = { getMigrations: async () => ({ ...migrations }) }
    const { error } = await new Migrator({ db: connection.migrator, provider }).migrateTo(name)
    assert.equal(error, undefined)
    return connection.migrator
  }
  const observation = {
    provider_id: 'x',
    at: 600_123,
    outcome: 'good',
    milliseconds: 5,
    client_network: '',
    reference: null,
  }

  test('the migration counts existing observations once', async () => {
    const db = await migrateTo('0002-provider-health')
    const steps = ['start', 'start', 'return', 'probe'] as const
    const rows = steps.map((step, index) => ({ ...observation, id: String(index), step, reason: null }))
    await db.insertInto('provider_observation').values(rows).execute()
    assert.deepEqual(await migrate(connection), ['0003-networks', '0004-authenticators'])
    const counts = await db.selectFrom('provider_count').selectAll().orderBy('step').execute()
    assert.deepEqual(
      counts.map(({ at, step, reason, count }) => [at, step, reason, count]),
      [
        [600_000, 'return', '', 1],
        [600_000, 'start', '', 2],
      ],
    )
    assert.deepEqual(await migrate(connection), [])
  })

  test('a session that began through a network goes on as one, and no other proof is touched', async () => {
    const db = await migrateTo('0003-networks')
    const accountId = 'anna' as AccountId
    const password: Proof = { authenticator: 'password', accountId, amr: ['pwd'], provenAt: 1, userVerified: true }
    const network: Proof = { ...password, authenticator: 'network', amr: ['fed'], providerId: 'federation' }
    const now = hour
    const session = {
      account_id: accountId,
      device: '"authenticator":"federation"',
      client_network: '',
      created_at: now,
      idle_expires_at: now + hour,
      expires_at: now + hour,
    }
    const proofs: Readonly<Record<string, readonly Proof[]>> = {
      one: [network],
      two: [password, network, { ...network, provenAt: 2 }],
      three: [password],
    }
    const rows = Object.entries(proofs).map(([id, given], index) => ({
      ...session,
      id,
      token_hash: id,
      proofs: JSON.stringify(given).replaceAll('"authenticator":"network"', '"authenticator":"federation"'),
      last_seen_at: now - index,
    }))
    await db.insertInto('session').values(rows).execute()
    const known = { token_hash: 'known', account_id: accountId, last_way: 'network:federation', seen_at: now }
    await db
      .insertInto('known_browser')
      .values({ ...known, expires_at: now + hour })
      .execute()
    assert.deepEqual(await migrate(connection), ['0004-authenticators'])
    const sessions = await sessionStore(connection.reader()).listOfAccount(accountId, now)
    assert.deepEqual(Object.fromEntries(sessions.map(({ id, proofs: read }) => [id, read])), proofs)
    assert.deepEqual(new Set(sessions.map(({ device }) => device)), new Set([session.device]))
    const [browser] = await knownBrowserStore(connection.reader()).list('known', now)
    assert.deepEqual(browser?.lastWay, { kind: 'network', providerId: 'federation' })
  })

  test('attempts that were spared a network that was down count as skipped', async () => {
    const db = await migrateTo('0003-networks')
    const reasons = ['spared', 'unreachable', null]
    const neutral = { ...observation, step: 'start', outcome: 'neutral' } as const
    const observations = reasons.map((reason, index) => ({ ...neutral, id: String(index), reason }))
    await db.insertInto('provider_observation').values(observations).execute()
    const count = { provider_id: 'x', at: 5 * minute, step: 'start', outcome: 'neutral', count: 7 } as const
    await db
      .insertInto('provider_count')
      .values(reasons.map((reason) => ({ ...count, reason: reason ?? '' })))
      .execute()
    assert.deepEqual(await migrate(connection), ['0004-authenticators'])
    const seen = await db.selectFrom('provider_observation').selectAll().orderBy('id').execute()
    assert.deepEqual(
      seen.map(({ reason }) => reason),
      ['skipped', 'unreachable', null],
    )
    const counts = await db.selectFrom('provider_count').selectAll().orderBy('reason').execute()
    assert.deepEqual(
      counts.map((row) => [row.reason, row.count]),
      [
        ['', 7],
        ['skipped', 7],
        ['unreachable', 7],
      ],
    )
  })

  test('what took the place of a mail in an older version is still accepted, and no mail is held up', async () => {
    const db = await migrateTo('0003-networks')
    const clock = createTestClock()
    const secrets = createSecrets([systemRandom.bytes(32)], systemRandom)
    const queued = {
      state: 'queued',
      attempts: 0,
      next_at: clock.now(),
      leased_until: 0,
      expires_at: clock.now() + hour,
      created_at: clock.now(),
      done_at: null,
      last_error: null,
    } as const
    const mail = { to: 'anna@example.org', subject: 'Hello', html: '', text: '' }
    const rows = Object.entries({ nowhere: {}, email: mail }).map(([channel, message]) => {
      const payload = secrets.encrypt('outbox', JSON.stringify(message))
      return { ...queued, id: channel, channel, payload }
    })
    await db.insertInto('outbox').values(rows).execute()
    assert.deepEqual(await migrate(connection), ['0004-authenticators'])
    const { channel } = await db
      .selectFrom('outbox')
      .select('channel')
      .where('id', '=', 'nowhere')
      .executeTakeFirstOrThrow()
    assert.equal(channel, 'discard')
    const sent: string[] = []
    const worker = startOutboxWorker({
      timers: systemTimers,
      inTransaction: connection.transactions((bound) => ({ outbox: outboxStore(bound) })),
      clock,
      random: systemRandom,
      secrets,
      transports: [
        transport(email, async (_id, { to }) => {
          sent.push(to)
        }),
      ],
      onError: assert.ifError,
    })
    await worker.drain()
    await worker.close()
    assert.deepEqual(sent, [mail.to])
    const outbox = outboxStore(connection.reader())
    for (const id of ['nowhere', 'email']) assert.equal((await outbox.deliveryStatus(id))?.state, 'accepted', id)
  })
})
