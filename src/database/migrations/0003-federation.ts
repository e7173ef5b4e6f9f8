import { type Kysely, sql } from 'kysely'

/** Frozen: what is written here has run on other people's machines. A change is a new migration. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('federation_attempt').addColumn('outcome_word', 'text').execute()
  await db.schema.alterTable('provider_check').addColumn('said_no_at', 'bigint').execute()
  // One for each browser, so that two tabs at once can't leave two. What waits now would wait some minutes at most.
  await sql`delete from pending_link`.execute(db)
  await db.schema.dropIndex('pending_link_browser').execute()
  await db.schema.createIndex('pending_link_browser').on('pending_link').columns(['browser_hash']).unique().execute()
}
