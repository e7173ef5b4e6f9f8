import type { Compilable, Kysely } from 'kysely'
import type { Schema } from './schema.ts'

/** What a store is bound to: a transaction, or the connection that reads. */
export type Queryable = Kysely<Schema>

/** Runs `work` in one transaction, with stores bound to it. Its writes are durable when the promise resolves. */
export type InTransaction<Stores> = <Result>(work: (stores: Stores) => Promise<Result>) => Promise<Result>

/** An open database. The rest of the program does not depend on the engine. */
export type Connection = {
  readonly engine: 'sqlite' | 'postgres'
  readonly migrator: Kysely<Schema>
  readonly reader: () => Queryable
  readonly transactions: <Stores>(bindStores: (db: Queryable) => Stores) => InTransaction<Stores>
  /** For queries that run so often that building them each time would cost more than running them. */
  readonly prepare: <Row>(query: (db: Queryable) => Compilable<Row>) => Prepared<Row>
  readonly close: () => Promise<void>
}

/** Runs a prepared query. The parameters replace, in order, those that it was built with. */
export type Prepared<Row> = (parameters: readonly (string | number)[]) => readonly Row[] | Promise<readonly Row[]>
