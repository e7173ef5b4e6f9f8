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

/** The machine's time, moved forward by hand: other processes and libraries that look at the time still agree. */
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
  /** In place of what a development server would have. */
  readonly config?: Partial<Config>
  /** In place of the product's own table. */
  readonly authenticators?: readonly Authenticator[]
}

/** Everything of the server but its process, listening on a port of its own. */
export type TestApp = {
  readonly engine: Engine
  readonly url: string
  readonly app: FastifyInstance
  readonly foundation: Foundation
  readonly database: Foundation['database']
  readonly hasher: Einlass['hasher']
  readonly clock: TestClock
  /** Messages sent so far, newest first; those of the last act only after `drainMail`. */
  readonly mailbox: () => readonly MailboxMessage[]
  readonly drainMail: () => Promise<void>
  /** A visitor's browser with a jar of its own. `leavesTo` is an address at which it stops and looks. */
  readonly browser: typeof createScriptFreeBrowser
  /** What a running server does every second: write down what was seen of the networks, and conclude. */
  readonly health: Einlass['health']
  /** What a running server does every ten minutes. */
  readonly tidy: () => Promise<void>
  /** What a running server does every minute: take up signing keys that were rotated. */
  readonly refreshKeys: () => Promise<void>
  readonly close: () => Promise<void>
}

/**
 * Starts the whole app over a new database. Cookies, hosts and redirects are real, since it listens: open pages with
 * `browser()`, or `fetch(app.url + path)`.
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

/** What an operator does to an account that must not be used any more. */
export async function disable({ clock, foundation, database }: TestApp, subject: string): Promise<void> {
  const { random } = foundation
  assert.ok(await disableAccount({ clock, random, inTransaction: database.inTransaction }, subject as AccountId))
}

async function databaseFor(engine: Engine, folder: string): Promise<string> {
  if (engine === 'sqlite') return `sqlite:${join(folder, 'einlass.db')}`
  const postgres = await startPostgres()
  return postgres.createDatabase()
}

/** The address is part of the configuration, so that the port must be known before anything listens on it. */
async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, 'localhost', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}
