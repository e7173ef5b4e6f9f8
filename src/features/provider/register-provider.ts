import { UniqueConflict } from '#database/constraint.ts'
import type { InTransaction } from '#database/open.ts'
import type { Clock } from '#kernel/clock.ts'
import type { Secrets } from '#kernel/secret.ts'
import { isSigningKey } from './client/client-secret.ts'
import type { ProviderStore } from './provider.store.ts'
import type { Provider } from './provider.ts'
import { providerProblem } from './provider-problem.ts'
import { isProviderUrl } from './provider-url.ts'

export type RegisterProviderDeps = {
  readonly clock: Clock
  readonly secrets: Secrets
  readonly inTransaction: InTransaction<{ readonly providers: ProviderStore }>
}

export type NewProvider = Omit<Provider, 'enabled' | 'createdAt' | 'secretExpiresAt'> & {
  readonly secretExpiresAt?: number
}

/**
 * Sets a network up. One that was switched off comes back with everybody linked to it, but only with the issuer it had:
 * an identity is a row's id and a subject, and who names the subjects must stay the same (LNK-6).
 * @param provider with its secret as the network gave it
 * @throws Problem that names what is wrong
 */
export async function registerProvider(deps: RegisterProviderDeps, provider: NewProvider): Promise<void> {
  check(provider)
  if (provider.settings.signedSecret && !(await isSigningKey(provider.clientSecret))) {
    throw providerProblem('provider.key-malformed')
  }
  const row: Provider = {
    ...provider,
    clientSecret: deps.secrets.encrypt('provider-secret', provider.clientSecret),
    enabled: true,
    createdAt: deps.clock.now(),
    secretExpiresAt: provider.secretExpiresAt ?? null,
  }
  await deps.inTransaction(async ({ providers }) => {
    if (await providers.takeUpAgain(row)) return
    await providers.insert(row).catch((error: unknown) => {
      if (!(error instanceof UniqueConflict)) throw error
      throw providerProblem('provider.taken', { params: { id: row.id, issuer: row.issuer } })
    })
  })
}

function check({ id, name, issuer, clientId, clientSecret, settings }: NewProvider): void {
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(id)) throw providerProblem('provider.id-malformed', { params: { id } })
  if (name.trim() === '' || name.length > 60) throw providerProblem('provider.name-malformed')
  if (clientId === '') throw providerProblem('provider.client-missing')
  if (clientSecret === '') throw providerProblem('provider.secret-missing')
  for (const address of [issuer, ...Object.values(settings.endpoints ?? {})]) {
    if (!isProviderUrl(address)) throw providerProblem('provider.address-malformed', { params: { address } })
  }
  const domains = settings.trust.kind === 'domains' ? settings.trust.domains : []
  const wrong = domains.find((domain) => !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain))
  if (wrong !== undefined) throw providerProblem('provider.domain-malformed', { params: { domain: wrong } })
}
