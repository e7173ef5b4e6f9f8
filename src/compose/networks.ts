import type { FastifyBaseLogger } from 'fastify'
import { announceIncident, labelsOf, networkIncidents, signInAttempts } from '#features/administration/index.ts'
import { callbackPath, collectAbandoned } from '#features/federation/index.ts'
import { createProviderClient, type Provider } from '#features/provider/index.ts'
import { createHealthWatch, probeNetwork } from '#features/provider-health/index.ts'
import type { Counters } from '#metrics/index.ts'
import type { Foundation } from './foundation.ts'

export type Networks = ReturnType<typeof composeNetworks>

/** The networks: their protocol client and the health watch. */
export function composeNetworks(foundation: Foundation, counters: Counters, log: FastifyBaseLogger) {
  const { config, clock, timers, random, secrets, database, outboxSignal } = foundation
  const publicUrl = config.url.origin
  const providerClient = createProviderClient({ clock, secrets, outboundRanges: config.outboundRanges })
  const enabled = async () => (await database.read.providers.list()).filter((provider) => provider.enabled)
  const redirectUriOf = (providerId: string) => publicUrl + callbackPath(providerId)
  const countAbandoned = (network: string) =>
    counters.count(signInAttempts, labelsOf({ authenticator: 'network', network, outcome: 'not-returned' }))
  const health = createHealthWatch({
    clock,
    timers,
    random,
    secrets,
    read: database.read,
    inTransaction: database.inTransaction,
    providers: enabled,
    probe: (provider: Provider, asksForTokens) => {
      const hasRejectedCode = async () =>
        typeof (await database.read.providerChecks.find(provider.id))?.codeRejectedAt === 'number'
      const deps = { clock, providerClient, redirectUri: redirectUriOf(provider.id), hasRejectedCode }
      return probeNetwork(deps, provider, asksForTokens)
    },
    overdue: async () => {
      const abandoned = await collectAbandoned({ clock, read: database.read, inTransaction: database.inTransaction })
      for (const { providerId } of abandoned) countAbandoned(providerId)
      return abandoned
    },
    onIncidentChange: async (stores, change) => {
      const deps = { clock, random, secrets, publicUrl, wake: () => outboxSignal.notify() }
      await announceIncident(deps, stores, change)
      const { providerId: network, state } = change.incident
      if (change.change !== 'ended') counters.count(networkIncidents, { network, state })
    },
    onError: (error) => log.error({ err: error }, 'health'),
  })
  return {
    providerClient,
    health,
    redirectUriOf,
    /** Origins of the networks, for `form-action` (CSP). */
    networkOrigins: async () => providerClient.origins(await enabled()),
  }
}
