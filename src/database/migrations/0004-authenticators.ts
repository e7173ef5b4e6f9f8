import { type Kysely, sql } from 'kysely'

/** Frozen once released: it has run on other people's machines. A change is a new migration. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // One word for each thing: the kind of an authenticator, and a start that the circuit breaker skipped.
  await sql`update session set proofs = replace(proofs, '"authenticator":"federation"', '"authenticator":"network"')
    where proofs like '%"authenticator":"federation"%'`.execute(db)
  await sql`update provider_observation set reason = 'skipped' where reason = 'spared'`.execute(db)
  await sql`update provider_count set reason = 'skipped' where reason = 'spared'`.execute(db)
}
