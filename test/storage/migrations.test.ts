import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Migrator } from 'kysely/migration'
import { migrations } from '#database/migrations/index.ts'
import { migrate, openConnection } from '#database/open.ts'
import { type Engine, onEachEngine } from '../support/engines.ts'
import { startPostgres } from '../support/postgres.ts'

const databases: Readonly<Record<Engine, () => Promise<string>>> = {
  sqlite: async () => 'sqlite::memory:',
  postgres: async () => (await startPostgres()).createDatabase(),
}

onEachEngine((engine) => {
  test('what was seen of networks before they were counted is counted by the update, once', async () => {
    const connection = await openConnection(await databases[engine](), assert.ifError)
    const db = connection.migrator
    const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } })
    assert.equal((await migrator.migrateTo('0002-provider-health')).error, undefined)
    const seen = {
      provider_id: 'x',
      at: 600_123,
      outcome: 'good',
      milliseconds: 5,
      client_network: '',
      reference: null,
    }
    const steps = ['start', 'start', 'return', 'probe'] as const
    const rows = steps.map((step, index) => ({ ...seen, id: String(index), step, reason: null }))
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
    await connection.close()
  })
})
