import { type Kysely, sql } from 'kysely'

/**
 * Frozen: this has run on other people's machines. A change is a new migration. Steps already done are skipped, because
 * in some builds the migration before this one did more.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('federation_attempt').addColumn('outcome_word', 'text').execute()
  await db.schema.alterTable('provider_check').addColumn('said_no_at', 'bigint').execute()

  // One row for each browser, so that two tabs cannot race and leave two. The rows deleted here live minutes at most.
  await sql`delete from pending_link`.execute(db)
  await db.schema.dropIndex('pending_link_browser').execute()
  await db.schema.createIndex('pending_link_browser').on('pending_link').columns(['browser_hash']).unique().execute()

  await db.schema.dropIndex('provider_observation_provider').ifExists().execute()
  await sql`create index if not exists provider_observation_failed
    on provider_observation (provider_id, at, client_network) where outcome = 'failed'`.execute(db)
  await sql`create index if not exists provider_observation_ending
    on provider_observation (provider_id, client_network, at, step, outcome, reason)
    where step = 'return' or reason is not null`.execute(db)
  await sql`create index if not exists provider_observation_duration
    on provider_observation (provider_id, step, at, milliseconds) where milliseconds is not null`.execute(db)

  await db.schema
    .createTable('provider_count')
    .ifNotExists()
    .addColumn('provider_id', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('step', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('count', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('provider_count_pk', ['provider_id', 'at', 'step', 'outcome', 'reason'])
    .execute()
  await sql`create index if not exists provider_count_at on provider_count (at)`.execute(db)
  await sql`insert into provider_count (provider_id, at, step, outcome, reason, count)
    select provider_id, at - (at % 300000), step, outcome, coalesce(reason, ''), count(*)
    from provider_observation where step <> 'probe'
    group by provider_id, at - (at % 300000), step, outcome, coalesce(reason, '')
    on conflict do nothing`.execute(db)
}
