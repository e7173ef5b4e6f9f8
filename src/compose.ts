import { fileURLToPath } from 'node:url'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Connection, type Database, migrate, openConnection, withStores } from '#database/open.ts'
import {
  administrationRoutes,
  announceFindings,
  announceIncident,
  countSignIns,
  exposeMetrics,
  labelsOf,
  metricsRoutes,
  networkIncidents,
  signInAttempts,
} from '#features/administration/index.ts'
import { callbackPath, collectAbandoned, federationRoutes } from '#features/federation/index.ts'
import { confirmNetworkRoutes, type UnlinkNetworkInput, unlinkNetwork } from '#features/network-link/index.ts'
import { type Hasher, startHashProcesses, suggestPassphrase } from '#features/password/index.ts'
import { portalRoutes } from '#features/portal/index.ts'
import { linkReturn, profileRoutes } from '#features/profile/index.ts'
import {
  checkDueProviders,
  createProviderClient,
  type ProviderClient,
  type ProviderError,
} from '#features/provider/index.ts'
import { createHealthWatch, type HealthWatch, probeNetwork } from '#features/provider-health/index.ts'
import { announceDisabledPassword, recoveryMails, recoveryRoutes, sendRecoveryMail } from '#features/recovery/index.ts'
import { browserSessions, sessionCheckRoute, sessionCheckStore } from '#features/session/index.ts'
import {
  type AnnounceDisabledPassword,
  type Authenticator,
  authenticators,
  mayRemove,
  offerWays,
  signInReturn,
  signInRoutes,
  waysOfAccount,
} from '#features/sign-in/index.ts'
import { signOutRoutes } from '#features/sign-out/index.ts'
import { sendSignUpMail, signUpMails, signUpRoutes } from '#features/sign-up/index.ts'
import { stepUpReturn, stepUpRoutes } from '#features/step-up/index.ts'
import {
  clientNetwork,
  createCookies,
  createCsrf,
  createPages,
  createServer,
  type FastPath,
  handleErrors,
  languageRoutes,
  type Pages,
  readAssets,
} from '#http/index.ts'
import type { Clock } from '#kernel/clock.ts'
import type { AccountId } from '#kernel/id.ts'
import type { Locale } from '#kernel/locale.ts'
import type { Random } from '#kernel/random.ts'
import type { Secrets } from '#kernel/secret.ts'
import { smtpTransport } from '#mail/smtp.ts'
import { createCounters } from '#metrics/index.ts'
import { logout, type Oidc, openOidc, portalsOpenIn } from '#oidc/index.ts'
import { email, type OutboxWorker, startOutboxWorker, type Transport, transport } from '#outbox/index.ts'
import type { Config } from './config.ts'
import { startHousekeeping } from './housekeeping.ts'
import { openSecrets } from './secret-file.ts'
import { bindStores, type Stores } from './stores.ts'

/** What is needed to do anything at all: the storage, the keys, the time and the chance. */
export type Foundation = {
  readonly config: Config
  readonly clock: Clock
  readonly random: Random
  readonly secrets: Secrets
  readonly connection: Connection
  readonly database: Database<Stores>
  /** Rung when a message was put into the outbox; whoever sends sets what it does. */
  readonly alarm: { ring: () => void }
}

/** Opens the storage, brings it up to date and reads the keys. @throws ConfigurationFault */
export async function openFoundation(config: Config, clock: Clock, random: Random): Promise<Foundation> {
  const connection = await openConnection(config.database, (error) => console.error(`database: ${error.message}`))
  await migrate(connection)
  const secrets = await openSecrets(config.secretFile, connection.migrator, clock, random)
  const alarm = { ring: () => {} }
  const database = withStores(connection, bindStores({ clock, random, secrets, wake: () => alarm.ring() }))
  return { config, clock, random, secrets, connection, database, alarm }
}

export type Einlass = {
  readonly app: FastifyInstance
  readonly outbox: OutboxWorker
  readonly hasher: Hasher
  readonly providerClient: ProviderClient
  readonly health: HealthWatch
  readonly oidc: Oidc
  readonly pages: Pages
  readonly close: () => Promise<void>
}

export type Extras = {
  /** Where messages go in place of the mail server; development's mailbox. */
  readonly transports?: readonly Transport[]
  /** In place of the product's own table. */
  readonly authenticators?: readonly Authenticator[]
}

const hashWorker = fileURLToPath(new URL('./features/password/hash-worker.ts', import.meta.url))

/** Joins all features into one server, ready to listen. */
export async function compose(foundation: Foundation, extras: Extras = {}): Promise<Einlass> {
  const { config, clock, random, secrets, database } = foundation
  const cookies = createCookies(config.url.protocol === 'https:')
  const csrf = createCsrf(secrets, random)
  const fastPath: FastPath = new Map()
  const app = await createServer({ ...config, random, cookies, csrf, fastPath })
  const hasher = startHashProcesses({ workerFile: hashWorker, secrets })
  const smtp = config.smtp ? smtpTransport({ url: config.smtp, from: config.mailFrom }) : undefined
  const providerClient = createProviderClient({ clock, secrets, privateNetworks: config.privateNetworks })
  const providersOn = async () => (await database.read.providers.list()).filter((provider) => provider.enabled)
  const counters = createCounters()
  const publicUrl = config.url.origin
  const wake = () => foundation.alarm.ring()
  const redirectUriOf = (providerId: string) => publicUrl + callbackPath(providerId)
  const health = createHealthWatch({
    clock,
    random,
    secrets,
    read: database.read,
    inTransaction: database.inTransaction,
    providers: providersOn,
    probe: (provider, asksForTokens) => {
      const saysNo = async () => typeof (await database.read.providerChecks.find(provider.id))?.saidNoAt === 'number'
      return probeNetwork(
        { clock, providerClient, redirectUri: redirectUriOf(provider.id), saysNo },
        provider,
        asksForTokens,
      )
    },
    overdue: async () => {
      const overdue = await collectAbandoned({ clock, read: database.read, inTransaction: database.inTransaction })
      for (const { providerId: network } of overdue) {
        counters.count(signInAttempts, labelsOf({ authenticator: 'network', network, outcome: 'not-returned' }))
      }
      return overdue
    },
    onIncidentChange: async (stores, turn) => {
      await announceIncident({ clock, random, secrets, publicUrl, wake }, stores, turn)
      const { providerId: network, state } = turn.incident
      if (turn.change !== 'ended') counters.count(networkIncidents, { network, state })
    },
    onError: (error) => app.log.error({ err: error }, 'health'),
  })
  const useCases = {
    authenticators: extras.authenticators ?? authenticators,
    clock,
    random,
    secrets,
    hasher,
    read: database.read,
    inTransaction: countSignIns(database.inTransaction, counters),
    disclosure: config.disclosure,
    publicUrl,
    wake,
    providerClient,
    health,
    onProviderError: (error: ProviderError) => app.log.warn({ err: error }, 'network'),
  }
  const passwordCases = {
    ...useCases,
    announceDisabledPassword: ((stores, to, locale) =>
      announceDisabledPassword(useCases, stores, to, locale)) satisfies AnnounceDisabledPassword,
  }
  const assets = readAssets()
  const pages = createPages({
    cookies,
    csrf,
    secrets,
    development: config.development,
    scriptUrl: assets.urlOf('page'),
    describe: (continueTo) => oidc.describe(continueTo),
  })
  const sessions = browserSessions(useCases, cookies)
  const oidc = await openOidc({ ...useCases, url: config.url, development: config.development, pages, sessions })
  const outbox = startOutboxWorker({
    inTransaction: database.inTransaction,
    clock,
    random,
    secrets,
    transports: [
      ...(extras.transports ?? [transport(email, smtp ? smtp.deliver : noMailServer)]),
      transport(logout, oidc.deliverLogout),
      transport(recoveryMails, sendRecoveryMail(useCases)),
      transport(signUpMails, sendSignUpMail(useCases)),
    ],
    onError: (error) => app.log.warn({ err: error }, 'outbox'),
  })
  foundation.alarm.ring = outbox.wake
  // SQLite has one server: what the last one had taken when it died is sent now, not when its lease ends.
  if (database.engine === 'sqlite') await database.inTransaction((stores) => stores.outbox.release())
  const stopHousekeeping = startHousekeeping({
    ...useCases,
    checkNetworks: async () => {
      const news = await checkDueProviders({ ...useCases, redirectUriOf })
      for (const { providerId } of news) {
        await database.inTransaction((stores) => announceFindings(useCases, stores, providerId))
      }
    },
    onError: (error) => app.log.error({ err: error }, 'housekeeping'),
  })
  const suggestion = (locale: Locale) => suggestPassphrase(random, locale)
  const deliveryStatus = (id: string) => database.read.outbox.deliveryStatus(id)
  const networkOrigins = async () => providerClient.origins(await providersOn())
  const consolePath = async (accountId: AccountId) =>
    (await database.read.operators.find(accountId)) ? '/admin' : undefined
  const stepUp = { useCases: passwordCases, pages, sessions, networkOrigins }
  const profile = {
    unlinkNetwork: (input: UnlinkNetworkInput) =>
      unlinkNetwork(
        {
          ...useCases,
          mayUnlink: async (stores: Stores, accountId: AccountId, providerId: string) =>
            mayRemove(await waysOfAccount(useCases, stores, accountId), ({ network }) => network?.id === providerId),
        },
        input,
      ),
    useCases: passwordCases,
    pages,
    sessions,
    networkOrigins,
    consolePath,
  }

  handleErrors(app, pages)
  assets.routes(app)
  sessionCheckRoute(fastPath, { ...useCases, sessionCheck: sessionCheckStore(foundation.connection) }, cookies)
  signInRoutes(app, {
    useCases: passwordCases,
    pages,
    sessions,
    networkOrigins,
  })
  signOutRoutes(app, { useCases, pages, sessions, openPortals: (session) => portalsOpenIn(database.read, session.id) })
  languageRoutes(app, cookies)
  federationRoutes(app, {
    useCases,
    pages,
    sessions,
    returns: {
      'sign-in': signInReturn({ useCases, pages, sessions, networkOrigins }),
      link: linkReturn(profile),
      'step-up': stepUpReturn(stepUp),
    },
  })
  confirmNetworkRoutes(app, { useCases, pages, cookies, networkOrigins })
  profileRoutes(app, profile)
  stepUpRoutes(app, stepUp)
  signUpRoutes(app, {
    useCases,
    pages,
    cookies,
    sessions,
    networks: async (request: FastifyRequest) => ({
      offers: await offerWays(useCases, {
        knownToken: sessions.knownToken(request),
        clientNetwork: clientNetwork(request.ip),
      }),
      origins: await networkOrigins(),
    }),
    deliveryStatus,
    suggestion,
  })
  recoveryRoutes(app, { useCases, pages, cookies, deliveryStatus, suggestion })
  portalRoutes(app, { read: database.read, pages, sessions })
  administrationRoutes(app, { useCases, pages, sessions })
  oidc.routes(app)
  healthRoutes(app, database)
  metricsRoutes(app, {
    expose: exposeMetrics({ counters, health, read: database.read }),
    token: config.metricsToken,
    development: config.development,
  })
  // What operators decided holds from the first visitor on.
  await health.settle()

  return {
    app,
    outbox,
    hasher,
    providerClient,
    health,
    oidc,
    pages,
    close: async () => {
      await app.close()
      oidc.close()
      stopHousekeeping()
      await health.close()
      await outbox.close()
      await hasher.close()
      await smtp?.close()
      await database.close()
    },
  }
}

const noMailServer = () => Promise.reject(new Error('EINLASS_SMTP names no mail server'))

function healthRoutes(app: FastifyInstance, database: Database<Stores>): void {
  app.get('/health/live', { config: { anyHost: true } }, async () => ({ status: 'live' }))
  app.get('/health/ready', { config: { anyHost: true } }, async () => {
    await database.read.accounts.find('' as AccountId)
    return { status: 'ready' }
  })
}
