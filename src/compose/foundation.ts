import type { Config } from '#config.ts'
import { type Connection, type Database, migrate, openConnection, withStores } from '#database/open.ts'
import type { Clock } from '#kernel/clock.ts'
import type { Random } from '#kernel/random.ts'
import type { Secrets } from '#kernel/secret.ts'
import type { Timers } from '#kernel/timers.ts'
import { openSecrets } from './secret-file.ts'
import { bindStores, type Stores } from './stores.ts'

/** What everything else depends on: storage, keys, clock and random numbers. */
export type Foundation = {
  readonly config: Config
  readonly clock: Clock
  readonly timers: Timers
  readonly random: Random
  readonly secrets: Secrets
  readonly connection: Connection
  readonly database: Database<Stores>
  /** Notified when a message was put into the outbox. The worker sets `notify`. */
  readonly outboxSignal: { notify: () => void }
}

/** Opens the database, runs migrations and reads the keys. @throws ConfigurationFault */
export async function openFoundation(
  config: Config,
  { clock, timers, random }: Pick<Foundation, 'clock' | 'timers' | 'random'>,
): Promise<Foundation> {
  const connection = await openConnection(config.database, (error) => console.error(`database: ${error.message}`))
  await migrate(connection)
  const secrets = await openSecrets(config.secretFile, connection.migrator, clock, random)
  const outboxSignal = { notify: () => {} }
  const database = withStores(connection, bindStores({ clock, random, secrets, wake: () => outboxSignal.notify() }))
  return { config, clock, timers, random, secrets, connection, database, outboxSignal }
}
