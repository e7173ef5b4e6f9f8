import type { Queryable } from './open.ts'

/** Ids of the master keys that this database was written with. */
export async function knownKeys(db: Queryable): Promise<readonly string[]> {
  const rows = await db.selectFrom('key_check').select('key_id').execute()
  return rows.map((row) => row.key_id)
}

export async function rememberKey(db: Queryable, keyId: string, now: number): Promise<void> {
  await db
    .insertInto('key_check')
    .values({ key_id: keyId, created_at: now })
    .onConflict((conflict) => conflict.column('key_id').doNothing())
    .execute()
}
