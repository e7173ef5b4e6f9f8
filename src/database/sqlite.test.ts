import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import { type Connection, type Database, migrate, openConnection, type Queryable, withStores } from './open.ts'

/** A minimal store over a table of the real schema. */
function keyStore(db: Queryable) {
  return {
    add: async (id: string): Promise<void> => {
      await db.insertInto('key_check').values({ key_id: id, created_at: 0 }).execute()
    },
    has: async (id: string): Promise<boolean> =>
      (await db.selectFrom('key_check').select('key_id').where('key_id', '=', id).execute()).length === 1,
  }
}

describe('transactions on SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'einlass-sqlite-'))
  let connection: Connection
  let database: Database<ReturnType<typeof keyStore>>

  before(async () => {
    connection = await openConnection(`sqlite:${join(folder, 'test.db')}`, () => {})
    await migrate(connection)
    database = withStores(connection, keyStore)
  })
  after(async () => {
    await database.close()
    rmSync(folder, { recursive: true })
  })

  test('readers see a write once its transaction is answered, and not before', async () => {
    const seenInside = await database.inTransaction(async (keys) => {
      await keys.add('seen')
      return database.read.has('seen')
    })
    assert.equal(seenInside, false)
    assert.equal(await database.read.has('seen'), true)
  })

  test('a failing transaction does not roll back those that share its commit', async () => {
    const add = (id: string, fails = false) =>
      database.inTransaction(async (keys) => {
        await keys.add(id)
        if (fails) throw new Error(`no ${id}`)
        return id
      })
    const group = await Promise.allSettled([add('first'), add('second', true), add('third')])
    assert.deepEqual(
      group.map((one) => one.status),
      ['fulfilled', 'rejected', 'fulfilled'],
    )
    assert.deepEqual(await Promise.all(['first', 'second', 'third'].map(database.read.has)), [true, false, true])
  })

  test('a constraint violation does not roll back the transactions that share its commit', async () => {
    const add = (id: string) => database.inTransaction((keys) => keys.add(id))
    const group = await Promise.allSettled([add('once'), add('once'), add('other')])
    assert.deepEqual(
      group.map((one) => one.status),
      ['fulfilled', 'rejected', 'fulfilled'],
    )
    assert.equal(await database.read.has('other'), true)
  })

  test('a transaction that awaits anything but its stores is rejected and rolled back', async () => {
    const finished = Promise.withResolvers<unknown>()
    const slow = database.inTransaction(async (keys) => {
      await keys.add('before')
      await delay(5)
      await keys.add('after').then(finished.resolve, finished.resolve)
    })
    const neighbour = database.inTransaction((keys) => keys.add('neighbour'))
    await assert.rejects(slow, /may await only its stores/)
    await neighbour
    assert.match(String(await finished.promise), /used after the transaction ended/)
    assert.deepEqual(await Promise.all(['before', 'after', 'neighbour'].map(database.read.has)), [false, false, true])
  })

  test('a late write does not end up in another transaction', async () => {
    const straggler = Promise.withResolvers<unknown>()
    const goOn = Promise.withResolvers<void>()
    const first = database.inTransaction(async (keys) => {
      await goOn.promise
      await keys.add('straggler').then(straggler.resolve, straggler.resolve)
    })
    await assert.rejects(first)
    await database.inTransaction(async (keys) => {
      goOn.resolve()
      await keys.add('orderly')
      await keys.has('orderly')
    })
    assert.match(String(await straggler.promise), /used after the transaction ended/)
    assert.deepEqual(await Promise.all(['straggler', 'orderly'].map(database.read.has)), [false, true])
  })

  test('a nested transaction is rejected, and neither writes', async () => {
    const outer = database.inTransaction(async (keys) => {
      await keys.add('outer')
      await database.inTransaction((inner) => inner.add('inner'))
    })
    await assert.rejects(outer, /transactions cannot be nested/)
    assert.deepEqual(await Promise.all(['outer', 'inner'].map(database.read.has)), [false, false])
  })

  test('the read connection cannot write', async () => {
    await assert.rejects(database.read.add('by the reader'), /readonly/)
  })

  test('a commit is on disk before it is answered', async () => {
    const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(connection.migrator)
    assert.equal(rows[0]?.synchronous, 2)
  })
})
