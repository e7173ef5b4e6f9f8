import type { Compilable, CompiledQuery } from 'kysely'
import type { Queryable } from './connection.ts'

/**
 * A query that is built once for as long as its store lives, for those that are asked in every request.
 * @returns runs it; the parameters take the places of those it was built with, in order
 */
export function compiled<Row>(db: Queryable, build: () => Compilable<Row>) {
  let query: CompiledQuery<Row> | undefined
  return async (...parameters: readonly (string | number)[]): Promise<readonly Row[]> => {
    query ??= build().compile()
    const { rows } = await db.executeQuery<Row>({ ...query, parameters })
    return rows
  }
}
