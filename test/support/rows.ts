import type { Schema } from '#database/schema.ts'
import type { TestApp } from './app.ts'

/** Everything stored: the rows of each table as JSON, in an order of their own. */
export type Rows = Readonly<Record<string, readonly string[]>>

export async function allRows({ foundation }: TestApp, without: readonly string[] = []): Promise<Rows> {
  const db = foundation.connection.migrator
  const tables = (await db.introspection.getTables()).map(({ name }) => name).filter((name) => !without.includes(name))
  const contents = await Promise.all(
    tables.map(async (name) => {
      const rows = await db
        .selectFrom(name as keyof Schema)
        .selectAll()
        .execute()
      return rows.map((row) => JSON.stringify(row)).toSorted()
    }),
  )
  return Object.fromEntries(tables.map((name, index) => [name, contents[index] ?? []]))
}

type Row = Readonly<Record<string, unknown>>

/** The tables that differ, with the rows that came and went; a row that changed did both. */
export function changes(
  before: Rows,
  after: Rows,
): Readonly<Record<string, { readonly added: readonly Row[]; readonly removed: readonly Row[] }>> {
  const missingIn = (rows: readonly string[], from: readonly string[]) =>
    from.filter((row) => !rows.includes(row)).map((row): Row => JSON.parse(row))
  const tables = [...new Set([...Object.keys(before), ...Object.keys(after)])].map((name) => {
    const [old = [], now = []] = [before[name], after[name]]
    return [name, { added: missingIn(old, now), removed: missingIn(now, old) }] as const
  })
  return Object.fromEntries(tables.filter(([, { added, removed }]) => added.length + removed.length > 0))
}
