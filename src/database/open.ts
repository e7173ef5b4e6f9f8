import { Migrator } from 'kysely/migration'
import type { Connection, InTransaction, Queryable } from './connection.ts'
import { migrations } from './migrations/index.ts'
import { openSqlite } from './sqlite.ts'

/**
 * @param url `sqlite:<path>`, `sqlite::memory:` or `postgres://…`
 * @param onError told of connections that broke while idle
 */
export async function openConnection(url: string, onError: (error: Error) => void): Promise<Connection> {
  if (url.startsWith('sqlite:')) return openSqlite(url.slice('sqlite:'.length))
  const { openPostgres } = await import('./postgres.ts')
  return openPostgres(url, onError)
}

/** Brings the tables up to date, under a lock, so that several nodes may start at once. */
export async function migrate(connection: Connection): Promise<readonly string[]> {
  const migrator = new Migrator({
    db: connection.migrator,
    provider: { getMigrations: async () => ({ ...migrations }) },
  })
  const { error, results } = await migrator.migrateToLatest()
  if (error) throw error
  return (results ?? []).map((result) => result.migrationName)
}

export type Database<Stores> = {
  readonly engine: 'sqlite' | 'postgres'
  /** Reads outside a transaction. Never used inside one: it would not see what the transaction wrote. */
  readonly read: Stores
  readonly inTransaction: InTransaction<Stores>
  readonly close: () => Promise<void>
}

/** The connection with its stores; the tables must be up to date. */
export function withStores<Stores>(connection: Connection, bindStores: (db: Queryable) => Stores): Database<Stores> {
  return {
    engine: connection.engine,
    read: bindStores(connection.reader()),
    inTransaction: connection.transactions(bindStores),
    close: connection.close,
  }
}

export type { Connection, InTransaction, Queryable }
