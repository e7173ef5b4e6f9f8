import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { type Hasher, startHashProcesses } from '#features/password/index.ts'
import type { ProviderClient } from '#features/provider/index.ts'
import type { HealthWatch } from '#features/provider-health/index.ts'
import { browserSessions } from '#features/session/index.ts'
import { type Authenticator, authenticators } from '#features/sign-in/index.ts'
import {
  createCookies,
  createCsrf,
  createPages,
  createServer,
  type FastPath,
  handleErrors,
  healthRoutes,
  languageRoutes,
  type Pages,
  readAssets,
} from '#http/index.ts'
import type { AccountId } from '#kernel/id.ts'
import { createCounters } from '#metrics/index.ts'
import { type Oidc, openOidc } from '#oidc/index.ts'
import type { OutboxWorker, Transport } from '#outbox/index.ts'
import { composeDelivery } from './delivery.ts'
import { composeFeatures } from './features.ts'
import type { Foundation } from './foundation.ts'
import { type Housekeeping, startHousekeeping } from './housekeeping.ts'
import { composeNetworks } from './networks.ts'
import { useCasesOf } from './use-cases.ts'

export { type Foundation, openFoundation } from './foundation.ts'

export type Einlass = {
  readonly app: FastifyInstance
  readonly outbox: OutboxWorker
  readonly hasher: Hasher
  readonly providerClient: ProviderClient
  readonly health: HealthWatch
  readonly housekeeping: Housekeeping
  readonly oidc: Oidc
  readonly pages: Pages
  readonly close: () => Promise<void>
}

export type Extras = {
  /** Replaces the mail server, for instance with the mailbox of development. */
  readonly transports?: readonly Transport[]
  /** Replaces the table of authenticators. */
  readonly authenticators?: readonly Authenticator[]
}

const hashWorker = fileURLToPath(new URL('../features/password/hash-worker.ts', import.meta.url))

/** Composes all features into one server, ready to listen. */
export async function compose(foundation: Foundation, extras: Extras = {}): Promise<Einlass> {
  const { secrets, database, timers } = foundation
  const { app, cookies, csrf, fastPath } = await openServer(foundation)
  const { log } = app
  const counters = createCounters()
  const hasher = startHashProcesses({ workerFile: hashWorker, secrets })
  const networks = composeNetworks(foundation, counters, log)
  const table = extras.authenticators ?? authenticators
  const useCases = useCasesOf(foundation, networks, { authenticators: table, hasher, counters, log })
  const { config } = foundation
  const assets = readAssets()
  const { development } = config
  const describe = (continueTo: string) => oidc.describe(continueTo)
  const pages = createPages({ cookies, csrf, secrets, development, scriptUrl: assets.urlOf('page'), describe })
  const sessions = browserSessions(useCases, cookies)
  const oidc = await openOidc({ ...useCases, url: config.url, development, pages, sessions })
  const parts = { foundation, useCases, networks, counters, cookies, fastPath, pages, sessions, oidc }
  const features = composeFeatures(parts)
  const orders = features.flatMap((feature) => feature.orders ?? [])
  const outbox = await composeDelivery(foundation, orders, extras.transports, log)
  const tasks = features.flatMap(({ tidy }) => tidy ?? [])
  const housekeeping = startHousekeeping({
    timers,
    tasks,
    onError: (error) => log.error({ err: error }, 'housekeeping'),
  })

  handleErrors(app, pages)
  assets.routes(app)
  languageRoutes(app, cookies)
  healthRoutes(app, () => database.read.accounts.find('' as AccountId))
  for (const { routes } of features) routes?.(app)
  // Loads overrides before the first request.
  await networks.health.settle()

  const { health, providerClient } = networks
  return {
    ...{ app, outbox, hasher, providerClient, health, housekeeping, oidc, pages },
    close: async () => {
      await app.close()
      housekeeping.close()
      for (const feature of features) await feature.close?.()
      await outbox.close()
      await hasher.close()
      await database.close()
    },
  }
}

async function openServer({ config, secrets, random }: Foundation) {
  const cookies = createCookies(config.url.protocol === 'https:')
  const csrf = createCsrf(secrets, random)
  const fastPath: FastPath = new Map()
  const app = await createServer({ ...config, random, cookies, csrf, fastPath })
  return { app, cookies, csrf, fastPath }
}
