import { type Kysely, sql } from 'kysely'

/** Frozen once released: it has run on other people's machines. A change is a new migration. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Renamed values: the authenticator kind `federation`, and the reason `spared` of a skipped attempt.
  await sql`update session set proofs = replace(proofs, '"authenticator":"federation"', '"authenticator":"network"')
    where proofs like '%"authenticator":"federation"%'`.execute(db)
  await sql`update provider_observation set reason = 'skipped' where reason = 'spared'`.execute(db)
  await sql`update provider_count set reason = 'skipped' where reason = 'spared'`.execute(db)
  await sql`update outbox set channel = 'discard' where channel = 'nowhere'`.execute(db)

  await db.schema
    .createTable('pending_sign_in')
    .addColumn('browser_hash', 'text', (column) => column.primaryKey())
    .addColumn('account_id', 'text', (column) => column.notNull())
    .addColumn('proofs', 'text', (column) => column.notNull())
    .addColumn('continue_to', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('pending_sign_in_account').on('pending_sign_in').column('account_id').execute()
  await db.schema.createIndex('pending_sign_in_expiry').on('pending_sign_in').column('expires_at').execute()
}
