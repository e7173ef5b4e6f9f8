import { AsyncLocalStorage } from 'node:async_hooks'
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { Kysely, SqliteAdapter, SqliteDialect } from 'kysely'
import type { Connection, InTransaction, Queryable } from './connection.ts'
import type { Schema } from './schema.ts'

type Bound = readonly unknown[]

function bind(parameters: Bound): SQLInputValue[] {
  return parameters.map((value) =>
    typeof value === 'boolean' ? Number(value) : value === undefined ? null : (value as SQLInputValue),
  )
}

/** Kysely assumes that SQLite has no transactional DDL. It has: an interrupted migration is rolled back. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

class TransactionalDialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter()
  }
}

/**
 * node:sqlite in the shape that Kysely's own SQLite dialect expects.
 * @param admit throws if no statement may run now
 */
function createDialect(raw: DatabaseSync, admit: () => void = () => {}): SqliteDialect {
  const prepare = (sql: string) => {
    const statement = raw.prepare(sql)
    return {
      reader: statement.columns().length > 0,
      all: (parameters: Bound) => statement.all(...bind(parameters)),
      run: (parameters: Bound) => statement.run(...bind(parameters)),
      iterate: (parameters: Bound) => statement.iterate(...bind(parameters)) as IterableIterator<unknown>,
    }
  }
  const cache = new Map<string, ReturnType<typeof prepare>>()
  return new TransactionalDialect({
    database: {
      close: () => raw.close(),
      prepare: (text) => {
        admit()
        // Migrations read before they write. With the write lock taken first, two commands that start at once take turns.
        const sql = text === 'begin' ? 'begin immediate' : text
        let statement = cache.get(sql)
        if (!statement) {
          statement = prepare(sql)
          cache.set(sql, statement)
        }
        return statement
      },
    },
  })
}

// FULL, not NORMAL: after a power cut a used link must not come back to life (docs/decisions/0003).
const pragmas = `
  pragma journal_mode = wal;
  pragma synchronous = full;
  pragma temp_store = memory;
  pragma trusted_schema = off;
  pragma cache_size = -32768;
`

/** @param file a path, or `:memory:` for a database that is gone when the connection closes */
export function openSqlite(file: string): Connection {
  const inMemory = file === ':memory:'
  if (!inMemory) mkdirSync(dirname(file), { recursive: true })
  const open = (readOnly: boolean) =>
    new DatabaseSync(file, { timeout: 5000, enableForeignKeyConstraints: true, defensive: true, readOnly })
  const writerRaw = open(false)
  writerRaw.exec(pragmas)
  const writer = new Kysely<Schema>({ dialect: createDialect(writerRaw) })
  let readerRaw: DatabaseSync | undefined
  let reader = writer
  // Opened on first use: before the migrations have run there is nothing to read.
  const openReader = (): Queryable => {
    if (!inMemory && !readerRaw) {
      readerRaw = open(true)
      readerRaw.exec('pragma cache_size = -65536; pragma temp_store = memory;')
      reader = new Kysely<Schema>({ dialect: createDialect(readerRaw) })
    }
    return reader
  }
  return {
    engine: 'sqlite',
    migrator: writer,
    reader: openReader,
    prepare: (query) => {
      const { sql } = query(openReader()).compile()
      const statement = (readerRaw ?? writerRaw).prepare(sql)
      return (parameters) => statement.all(...parameters) as never
    },
    transactions: (bindStores) =>
      groupCommit(writerRaw, bindStores(new Kysely<Schema>({ dialect: createDialect(writerRaw, requireTransaction) }))),
    close: async () => {
      if (readerRaw) await reader.destroy()
      await writer.destroy()
    },
  }
}

type Job = {
  readonly work: (stores: never) => Promise<unknown>
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

/** The event-loop turn that a transaction runs in. Anything that its work does later is outside the transaction. */
type EventLoopTurn = { over: boolean }

const turns = new AsyncLocalStorage<EventLoopTurn>()

const isInTransaction = () => turns.getStore()?.over === false

// There is only one writer: a late statement would run in whatever transaction is open by then.
function requireTransaction(): void {
  if (!isInTransaction()) throw new Error('a store was used after the transaction ended')
}

/**
 * Transactions that arrive in the same turn of the event loop share one COMMIT, and so one fsync. Each runs in its own
 * savepoint, and none resolves before the commit is on disk. Work may await only its stores, which answer within the
 * turn; anything slower is rejected, so that no slow call can block the only writer.
 */
function groupCommit<Stores>(raw: DatabaseSync, stores: Stores): InTransaction<Stores> {
  let waiting: Job[] = []
  let scheduled = false

  const runOne = async (job: Job): Promise<() => void> => {
    const turn = { over: false }
    raw.exec('savepoint work')
    try {
      const value = await withinThisTurn(turns.run(turn, () => job.work(stores as never)))
      raw.exec('release work')
      return () => job.resolve(value)
    } catch (error) {
      raw.exec('rollback to work; release work')
      return () => job.reject(error)
    } finally {
      turn.over = true
    }
  }

  const flush = async () => {
    const batch = waiting
    waiting = []
    const answers: (() => void)[] = []
    try {
      raw.exec('begin immediate')
      for (const job of batch) answers.push(await runOne(job))
      raw.exec('commit')
      for (const answer of answers) answer()
    } catch (error) {
      if (raw.isTransaction) raw.exec('rollback')
      for (const job of batch) job.reject(error)
    } finally {
      if (waiting.length > 0) setImmediate(flush)
      else scheduled = false
    }
  }

  return (work) =>
    new Promise((resolve, reject) => {
      if (isInTransaction()) return reject(new Error('transactions cannot be nested'))
      waiting.push({ work, resolve: resolve as (value: unknown) => void, reject })
      if (!scheduled) {
        scheduled = true
        setImmediate(flush)
      }
    })
}

function withinThisTurn<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const tooLate = setImmediate(() => reject(new Error('a transaction may await only its stores')))
    work.then(resolve, reject).finally(() => clearImmediate(tooLate))
  })
}
