import { Migrator } from 'kysely/migration'
import type { Connection, InTransaction, Queryable } from './connection.ts'
import { migrations } from './migrations/index.ts'
import { openSqlite } from './sqlite.ts'

/**
 * @param url `sqlite:<path>`, `sqlite::memory:` or `postgres://…`
 * @param onError called when an idle connection breaks
 */
export async function openConnection(url: string, onError: (error: Error) => void): Promise<Connection> {
  if (url.startsWith('sqlite:')) return openSqlite(url.slice('sqlite:'.length))
  const { openPostgres } = await import('./postgres.ts')
  return openPostgres(url, onError)
}

/** Runs the pending migrations under a lock, so that several nodes may start at once. */
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
  /** Reads outside a transaction. Do not use it inside one: it does not see the transaction's writes. */
  readonly read: Stores
  readonly inTransaction: InTransaction<Stores>
  readonly close: () => Promise<void>
}

/** Binds the stores to a connection. Run the migrations first. */
export function withStores<Stores>(connection: Connection, bindStores: (db: Queryable) => Stores): Database<Stores> {
  return {
    engine: connection.engine,
    read: bindStores(connection.reader()),
    inTransaction: connection.transactions(bindStores),
    close: connection.close,
  }
}

export type { Connection, InTransaction, Queryable }
