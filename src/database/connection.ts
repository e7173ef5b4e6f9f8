import type { Compilable, Kysely } from 'kysely'
import type { Schema } from './schema.ts'

/** What a store is bound to: a transaction, or the connection that reads. */
export type Queryable = Kysely<Schema>

/** Runs `work` in one transaction with stores bound to it; what it wrote is durable when the promise resolves. */
export type InTransaction<Stores> = <Result>(work: (stores: Stores) => Promise<Result>) => Promise<Result>

/** One engine, opened; the rest of the program can't tell which. */
export type Connection = {
  readonly engine: 'sqlite' | 'postgres'
  readonly migrator: Kysely<Schema>
  readonly reader: () => Queryable
  readonly transactions: <Stores>(bindStores: (db: Queryable) => Stores) => InTransaction<Stores>
  /** A query that is asked so often that building it each time would cost more than running it. */
  readonly prepare: <Row>(query: (db: Queryable) => Compilable<Row>) => Prepared<Row>
  readonly close: () => Promise<void>
}

/** Runs a prepared query; the parameters take the places of those it was built with, in order. */
export type Prepared<Row> = (parameters: readonly (string | number)[]) => readonly Row[] | Promise<readonly Row[]>
