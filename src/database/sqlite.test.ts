import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import { type Connection, type Database, migrate, openConnection, type Queryable, withStores } from './open.ts'

/** The smallest store there can be, over a table of the real schema. */
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

  test('what was written is seen by readers once it is answered', async () => {
    const seenInside = await database.inTransaction(async (keys) => {
      await keys.add('seen')
      return database.read.has('seen')
    })
    assert.equal(seenInside, false)
    assert.equal(await database.read.has('seen'), true)
  })

  test('one that fails does not undo those that share its commit', async () => {
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

  test('one that breaks a constraint does not undo those that share its commit', async () => {
    const add = (id: string) => database.inTransaction((keys) => keys.add(id))
    const group = await Promise.allSettled([add('once'), add('once'), add('other')])
    assert.deepEqual(
      group.map((one) => one.status),
      ['fulfilled', 'rejected', 'fulfilled'],
    )
    assert.equal(await database.read.has('other'), true)
  })

  test('one that awaits anything but its stores is refused, and nothing of it stays', async () => {
    const finished = Promise.withResolvers<unknown>()
    const slow = database.inTransaction(async (keys) => {
      await keys.add('before')
      await delay(5)
      await keys.add('after').then(finished.resolve, finished.resolve)
    })
    const neighbour = database.inTransaction((keys) => keys.add('neighbour'))
    await assert.rejects(slow, /may await nothing but its stores/)
    await neighbour
    assert.match(String(await finished.promise), /of no use after it/)
    assert.deepEqual(await Promise.all(['before', 'after', 'neighbour'].map(database.read.has)), [false, false, true])
  })

  test('a straggler writes into no other transaction', async () => {
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
    assert.match(String(await straggler.promise), /of no use after it/)
    assert.deepEqual(await Promise.all(['straggler', 'orderly'].map(database.read.has)), [false, true])
  })

  test('one inside another is refused, and neither writes', async () => {
    const outer = database.inTransaction(async (keys) => {
      await keys.add('outer')
      await database.inTransaction((inner) => inner.add('inner'))
    })
    await assert.rejects(outer, /inside a transaction/)
    assert.deepEqual(await Promise.all(['outer', 'inner'].map(database.read.has)), [false, false])
  })

  test('the reading connection can not write', async () => {
    await assert.rejects(database.read.add('by the reader'), /readonly/)
  })

  test('a commit is on disk before it is answered', async () => {
    const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(connection.migrator)
    assert.equal(rows[0]?.synchronous, 2)
  })
})
