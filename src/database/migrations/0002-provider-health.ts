import { type Kysely, sql } from 'kysely'

/** Frozen: this has run on other people's machines. A change is a new migration. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('federation_attempt')
    .addColumn('client_network', 'text', (column) => column.notNull().defaultTo(''))
    .execute()
  await sql`create index federation_attempt_open on federation_attempt (created_at)
    where consumed_at is null and outcome is null`.execute(db)
  await db.schema.alterTable('provider').addColumn('secret_expires_at', 'bigint').execute()

  await db.schema
    .createTable('provider_observation')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('provider_id', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('step', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('milliseconds', 'integer')
    .addColumn('client_network', 'text', (column) => column.notNull())
    .addColumn('reference', 'text')
    .execute()
  await db.schema.createIndex('provider_observation_at').on('provider_observation').columns(['at']).execute()
  await db.schema
    .createIndex('provider_observation_provider')
    .on('provider_observation')
    .columns(['provider_id', 'at'])
    .execute()
  await sql`create index provider_observation_reference on provider_observation (reference)
    where reference is not null`.execute(db)

  await db.schema
    .createTable('provider_evidence')
    .addColumn('provider_id', 'text', (column) => column.notNull())
    .addColumn('client_network', 'text', (column) => column.notNull())
    .addColumn('streams', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('provider_evidence_pk', ['provider_id', 'client_network'])
    .execute()
  await db.schema.createIndex('provider_evidence_at').on('provider_evidence').columns(['at']).execute()

  await db.schema
    .createTable('provider_incident')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('provider_id', 'text', (column) => column.notNull())
    .addColumn('client_network', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('evidence', 'text', (column) => column.notNull())
    .addColumn('since', 'bigint', (column) => column.notNull())
    .addColumn('ended_at', 'bigint')
    .execute()
  await sql`create unique index provider_incident_open on provider_incident (provider_id, client_network)
    where ended_at is null`.execute(db)
  await db.schema.createIndex('provider_incident_since').on('provider_incident').columns(['since']).execute()

  await db.schema
    .createTable('provider_override')
    .addColumn('provider_id', 'text', (column) => column.primaryKey())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('until', 'bigint', (column) => column.notNull())
    .addColumn('set_by', 'text', (column) => column.notNull())
    .addColumn('set_at', 'bigint', (column) => column.notNull())
    .execute()

  await db.schema
    .createTable('provider_check')
    .addColumn('provider_id', 'text', (column) => column.primaryKey())
    .addColumn('checked_at', 'bigint', (column) => column.notNull())
    .addColumn('discovery', 'text', (column) => column.notNull())
    .addColumn('findings', 'text', (column) => column.notNull())
    .execute()

  await db.schema
    .createTable('operator')
    .addColumn('account_id', 'text', (column) => column.primaryKey())
    .addColumn('granted_at', 'bigint', (column) => column.notNull())
    .execute()
}
