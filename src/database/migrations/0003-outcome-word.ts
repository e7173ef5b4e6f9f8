import type { Kysely } from 'kysely'

/** Frozen: what is written here has run on other people's machines. A change is a new migration. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('federation_attempt').addColumn('outcome_word', 'text').execute()
}
