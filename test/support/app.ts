import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { compose, type Einlass, type Foundation, openFoundation } from '#compose/index.ts'
import { type Config, readConfig } from '#config.ts'
import { type MailboxMessage, openMailbox } from '#development/mailbox.ts'
import { disableAccount } from '#features/administration/index.ts'
import type { Authenticator } from '#features/sign-in/index.ts'
import { type Clock, systemClock } from '#kernel/clock.ts'
import type { AccountId } from '#kernel/id.ts'
import { systemRandom } from '#kernel/random.ts'
import { systemTimers } from '#kernel/timers.ts'
import { createScriptFreeBrowser } from './browser.ts'
import type { Engine } from './engines.ts'
import { startPostgres } from './postgres.ts'

/** The machine's time plus an offset. Based on real time, so that other processes and libraries agree with it. */
export type TestClock = Clock & { readonly advance: (milliseconds: number) => void }

export function createTestClock(): TestClock {
  let ahead = 0
  return {
    now: () => systemClock.now() + ahead,
    advance: (milliseconds) => {
      ahead += milliseconds
    },
  }
}

export type AppSettings = {
  readonly engine: Engine
  readonly clock?: TestClock
  /** Overrides the settings of a development server. */
  readonly config?: Partial<Config>
  /** Replaces the table of authenticators. */
  readonly authenticators?: readonly Authenticator[]
}

/** The whole server in the test's process, listening on a port of its own. */
export type TestApp = {
  readonly engine: Engine
  readonly url: string
  readonly app: FastifyInstance
  readonly foundation: Foundation
  readonly database: Foundation['database']
  readonly hasher: Einlass['hasher']
  readonly clock: TestClock
  /** Messages sent so far, newest first. Call `drainMail` first to include those just queued. */
  readonly mailbox: () => readonly MailboxMessage[]
  readonly drainMail: () => Promise<void>
  /** A visitor's browser with its own cookie jar. `leavesTo` is a URL prefix at which it stops following redirects. */
  readonly browser: typeof createScriptFreeBrowser
  /** Records and evaluates observations, which a running server does every second. */
  readonly health: Einlass['health']
  /** Housekeeping, which a running server does every ten minutes. */
  readonly tidy: () => Promise<void>
  /** Reloads rotated signing keys, which a running server does every minute. */
  readonly refreshKeys: () => Promise<void>
  readonly close: () => Promise<void>
}

/**
 * Starts the whole app on a new database. It listens on a port, so cookies, hosts and redirects are real: open pages
 * with `browser()`, or `fetch(app.url + path)`.
 */
export async function startApp(settings: AppSettings): Promise<TestApp> {
  const folder = mkdtempSync(join(tmpdir(), 'einlass-app-'))
  const clock = settings.clock ?? createTestClock()
  const port = await freePort()
  const config: Config = {
    ...readConfig({ EINLASS_DEVELOPMENT: 'true', EINLASS_LOG_LEVEL: 'silent', EINLASS_PORT: String(port) }),
    database: settings.config?.database ?? (await databaseFor(settings.engine, folder)),
    secretFile: join(folder, 'secret'),
    ...settings.config,
  }
  const foundation = await openFoundation(config, { clock, timers: systemTimers, random: systemRandom })
  const mailbox = openMailbox(join(folder, 'mailbox.jsonl'), clock)
  const einlass = await compose(foundation, {
    transports: mailbox.transports,
    ...(settings.authenticators && { authenticators: settings.authenticators }),
  })
  await einlass.app.listen({ port, host: 'localhost' })
  return {
    engine: settings.engine,
    url: config.url.origin,
    app: einlass.app,
    foundation,
    database: foundation.database,
    hasher: einlass.hasher,
    clock,
    mailbox: mailbox.list,
    drainMail: einlass.outbox.drain,
    browser: createScriptFreeBrowser,
    health: einlass.health,
    tidy: einlass.housekeeping.tidy,
    refreshKeys: einlass.oidc.refreshKeys,
    close: async () => {
      await einlass.close()
      rmSync(folder, { recursive: true })
    },
  }
}

/** Another node on the same database. */
export function secondNode({ engine, clock, foundation }: TestApp): Promise<TestApp> {
  const { database, secretFile } = foundation.config
  return startApp({ engine, clock, config: { database, secretFile } })
}

/** Disables an account as an operator would. */
export async function disable({ clock, foundation, database }: TestApp, subject: string): Promise<void> {
  const { random } = foundation
  assert.ok(await disableAccount({ clock, random, inTransaction: database.inTransaction }, subject as AccountId))
}

async function databaseFor(engine: Engine, folder: string): Promise<string> {
  if (engine === 'sqlite') return `sqlite:${join(folder, 'einlass.db')}`
  const postgres = await startPostgres()
  return postgres.createDatabase()
}

/** The public URL is part of the configuration, so the port must be known before listening. */
async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, 'localhost', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}
