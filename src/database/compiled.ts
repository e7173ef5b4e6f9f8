import type { Compilable, CompiledQuery } from 'kysely'
import type { Queryable } from './connection.ts'

/**
 * Compiles a query once per store, for queries that run in every request.
 * @returns a function that runs it; its parameters replace, in order, those that `build` passed
 */
export function compiled<Row>(db: Queryable, build: () => Compilable<Row>) {
  let query: CompiledQuery<Row> | undefined
  return async (...parameters: readonly (string | number)[]): Promise<readonly Row[]> => {
    query ??= build().compile()
    const { rows } = await db.executeQuery<Row>({ ...query, parameters })
    return rows
  }
}
