import type { FastifyBaseLogger } from 'fastify'
import { countSignIns } from '#features/administration/index.ts'
import type { Hasher } from '#features/password/index.ts'
import type { ProviderError } from '#features/provider/index.ts'
import type { Authenticator } from '#features/sign-in/index.ts'
import type { Counters } from '#metrics/index.ts'
import type { Foundation } from './foundation.ts'
import type { Networks } from './networks.ts'

export type UseCases = ReturnType<typeof useCasesOf>

/** The `deps` argument of all use cases. Each declares the part that it needs. */
export function useCasesOf(
  { config, clock, timers, random, secrets, database, outboxSignal }: Foundation,
  { providerClient, health }: Networks,
  parts: {
    readonly authenticators: readonly Authenticator[]
    readonly hasher: Hasher
    readonly counters: Counters
    readonly log: FastifyBaseLogger
  },
) {
  const { authenticators, hasher, counters, log } = parts
  return {
    authenticators,
    clock,
    timers,
    random,
    secrets,
    hasher,
    read: database.read,
    inTransaction: countSignIns(database.inTransaction, counters),
    disclosure: config.disclosure,
    publicUrl: config.url.origin,
    wake: () => outboxSignal.notify(),
    providerClient,
    health,
    onProviderError: (error: ProviderError) => log.warn({ err: error }, 'network'),
  }
}
