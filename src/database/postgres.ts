import { createHash } from 'node:crypto'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Connection, InTransaction } from './connection.ts'
import { isRetryable } from './constraint.ts'
import type { Schema } from './schema.ts'

const bigint = 20
pg.types.setTypeParser(bigint, Number)

/** @param url `postgres://user:password@host:port/database` */
export function openPostgres(url: string, onError: (error: Error) => void): Connection {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 10_000,
    idle_in_transaction_session_timeout: 10_000,
  })
  // Without a listener, a restart of PostgreSQL would crash this process.
  pool.on('error', onError)
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  return {
    engine: 'postgres',
    migrator: db,
    reader: () => db,
    transactions: (bindStores) => transactions(db, bindStores),
    prepare: (query) => {
      const text = query(db).compile().sql
      const name = createHash('sha256').update(text).digest('base64url')
      return async (parameters) => (await pool.query({ name, text, values: [...parameters] })).rows
    },
    close: () => db.destroy(),
  }
}

const maximumAttempts = 5

function transactions<Stores>(db: Kysely<Schema>, bindStores: (db: Kysely<Schema>) => Stores): InTransaction<Stores> {
  return async (work) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await db.transaction().execute((transaction) => work(bindStores(transaction)))
      } catch (error) {
        if (!isRetryable(error) || attempt === maximumAttempts) throw error
      }
    }
  }
}
