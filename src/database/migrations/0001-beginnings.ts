import { type Kysely, sql } from 'kysely'

type Column = readonly [name: string, type: 'text' | 'bigint' | 'integer', modifier?: 'primary' | 'nullable' | 'unique']

/** Frozen: this has run on other people's machines. A change is a new migration. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const table = async (name: string, columns: readonly Column[], primaryKey?: readonly string[]) => {
    let create = db.schema.createTable(name)
    for (const [column, type, modifier] of columns) {
      create = create.addColumn(column, type, (definition) => {
        if (modifier === 'primary') return definition.primaryKey()
        if (modifier === 'nullable') return definition
        return modifier === 'unique' ? definition.notNull().unique() : definition.notNull()
      })
    }
    if (primaryKey) create = create.addPrimaryKeyConstraint(`${name}_pk`, [...primaryKey] as never)
    await create.execute()
  }
  const index = (name: string, on: string, columns: readonly string[]) =>
    db.schema
      .createIndex(name)
      .on(on)
      .columns([...columns])
      .execute()
  const owned = async (name: string) => {
    await index(`${name}_account`, name, ['account_id'])
  }

  await table('account', [
    ['id', 'text', 'primary'],
    ['name', 'text'],
    ['locale', 'text'],
    ['created_at', 'bigint'],
    ['disabled_at', 'bigint', 'nullable'],
  ])
  await table('identifier', [
    ['id', 'text', 'primary'],
    ['account_id', 'text'],
    ['kind', 'text'],
    ['canonical', 'text'],
    ['display', 'text'],
    ['proved_at', 'bigint', 'nullable'],
    ['is_primary', 'integer'],
    ['created_at', 'bigint'],
  ])
  await owned('identifier')
  await index('identifier_canonical', 'identifier', ['canonical', 'kind'])
  await sql`create unique index identifier_proved on identifier (canonical, kind) where proved_at is not null`.execute(
    db,
  )
  await table('password', [
    ['account_id', 'text', 'primary'],
    ['hash', 'text'],
    ['changed_at', 'bigint'],
    ['failures', 'integer'],
    ['disabled_at', 'bigint', 'nullable'],
  ])
  await table('session', [
    ['id', 'text', 'primary'],
    ['token_hash', 'text', 'unique'],
    ['account_id', 'text'],
    ['proofs', 'text'],
    ['device', 'text'],
    ['client_network', 'text'],
    ['created_at', 'bigint'],
    ['last_seen_at', 'bigint'],
    ['idle_expires_at', 'bigint'],
    ['expires_at', 'bigint'],
  ])
  await owned('session')
  await index('session_expires', 'session', ['expires_at'])
  await table(
    'known_browser',
    [
      ['token_hash', 'text'],
      ['account_id', 'text'],
      ['last_way', 'text'],
      ['seen_at', 'bigint'],
      ['expires_at', 'bigint'],
    ],
    ['token_hash', 'account_id'],
  )
  await owned('known_browser')
  await table('mailed_link', [
    ['id', 'text', 'primary'],
    ['token_hash', 'text', 'unique'],
    ['purpose', 'text'],
    ['account_id', 'text', 'nullable'],
    ['canonical', 'text'],
    ['display', 'text'],
    ['details', 'text'],
    ['outbox_id', 'text'],
    ['created_at', 'bigint'],
    ['expires_at', 'bigint'],
    ['consumed_at', 'bigint', 'nullable'],
    ['superseded_at', 'bigint', 'nullable'],
  ])
  await owned('mailed_link')
  await index('mailed_link_canonical', 'mailed_link', ['canonical', 'purpose'])
  await table('outbox', [
    ['id', 'text', 'primary'],
    ['channel', 'text'],
    ['payload', 'text'],
    ['state', 'text'],
    ['attempts', 'integer'],
    ['next_at', 'bigint'],
    ['leased_until', 'bigint'],
    ['expires_at', 'bigint'],
    ['created_at', 'bigint'],
    ['done_at', 'bigint', 'nullable'],
    ['last_error', 'text', 'nullable'],
  ])
  await index('outbox_due', 'outbox', ['state', 'next_at'])
  await table('audit', [
    ['id', 'text', 'primary'],
    ['at', 'bigint'],
    ['event', 'text'],
    ['account_id', 'text', 'nullable'],
    ['client_network', 'text', 'nullable'],
    ['details', 'text'],
  ])
  await index('audit_account', 'audit', ['account_id', 'at'])
  await table('throttle', [
    ['key', 'text', 'primary'],
    ['arrival_at', 'bigint'],
  ])
  await table('portal', [
    ['id', 'text', 'primary'],
    ['name', 'text'],
    ['client_secret', 'text'],
    ['redirect_uris', 'text'],
    ['post_logout_redirect_uris', 'text'],
    ['backchannel_logout_uri', 'text', 'nullable'],
    ['start_uri', 'text'],
    ['logo_uri', 'text', 'nullable'],
    ['colour', 'text', 'nullable'],
    ['access', 'text'],
    ['created_at', 'bigint'],
  ])
  await table('provider', [
    ['id', 'text', 'primary'],
    ['kind', 'text'],
    ['name', 'text'],
    ['logo', 'text'],
    ['issuer', 'text', 'unique'],
    ['client_id', 'text'],
    ['client_secret', 'text'],
    ['settings', 'text'],
    ['enabled', 'integer'],
    ['created_at', 'bigint'],
  ])
  await table(
    'federated_identifier',
    [
      ['provider_id', 'text'],
      ['subject', 'text'],
      ['account_id', 'text'],
      ['linked_at', 'bigint'],
      ['last_used_at', 'bigint'],
      ['quarantined_at', 'bigint', 'nullable'],
    ],
    ['provider_id', 'subject'],
  )
  await owned('federated_identifier')
  await table('federation_attempt', [
    ['state_hash', 'text', 'primary'],
    ['provider_id', 'text'],
    ['browser_hash', 'text'],
    ['purpose', 'text'],
    ['session_id', 'text', 'nullable'],
    ['continue_to', 'text'],
    ['checks', 'text'],
    ['reference', 'text'],
    ['created_at', 'bigint'],
    ['expires_at', 'bigint'],
    ['consumed_at', 'bigint', 'nullable'],
    ['outcome', 'text', 'nullable'],
  ])
  await index('federation_attempt_browser', 'federation_attempt', ['browser_hash', 'created_at'])
  await index('federation_attempt_expires', 'federation_attempt', ['expires_at'])
  await table('pending_link', [
    ['id', 'text', 'primary'],
    ['browser_hash', 'text'],
    ['account_id', 'text'],
    ['provider_id', 'text'],
    ['subject', 'text'],
    ['created_at', 'bigint'],
    ['expires_at', 'bigint'],
    ['consumed_at', 'bigint', 'nullable'],
  ])
  await index('pending_link_browser', 'pending_link', ['browser_hash'])
  await table('signing_key', [
    ['id', 'text', 'primary'],
    ['algorithm', 'text'],
    ['private_key', 'text'],
    ['created_at', 'bigint'],
    ['active_at', 'bigint'],
    ['retired_at', 'bigint', 'nullable'],
  ])
  await table(
    'engine_artifact',
    [
      ['model', 'text'],
      ['id', 'text'],
      ['payload', 'text'],
      ['grant_id', 'text', 'nullable'],
      ['uid', 'text', 'nullable'],
      ['session_id', 'text', 'nullable'],
      ['created_at', 'bigint'],
      ['consumed_at', 'bigint', 'nullable'],
      ['expires_at', 'bigint', 'nullable'],
    ],
    ['model', 'id'],
  )
  await index('engine_artifact_grant', 'engine_artifact', ['grant_id'])
  await index('engine_artifact_uid', 'engine_artifact', ['uid'])
  await index('engine_artifact_session', 'engine_artifact', ['session_id'])
  await index('engine_artifact_expires', 'engine_artifact', ['expires_at'])
  await table('key_check', [
    ['key_id', 'text', 'primary'],
    ['created_at', 'bigint'],
  ])
}
