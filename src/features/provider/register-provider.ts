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
 * Sets up a provider. A disabled one is enabled again with all its links, but only with the same issuer: a link is a
 * provider's id and a subject, and another issuer's subjects could be other people (LNK-6).
 * @param provider with its secret in plain text
 * @throws Problem
 */
export async function registerProvider(deps: RegisterProviderDeps, provider: NewProvider): Promise<void> {
  validate(provider)
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
    if (await providers.reactivate(row)) return
    await providers.insert(row).catch((error: unknown) => {
      if (!(error instanceof UniqueConflict)) throw error
      throw providerProblem('provider.taken', { params: { id: row.id, issuer: row.issuer } })
    })
  })
}

function validate({ id, name, issuer, clientId, clientSecret, settings }: NewProvider): void {
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(id)) throw providerProblem('provider.id-malformed', { params: { id } })
  if (name.trim() === '' || name.length > 60) throw providerProblem('provider.name-malformed')
  if (clientId === '') throw providerProblem('provider.client-missing')
  if (clientSecret === '') throw providerProblem('provider.secret-missing')
  for (const address of [issuer, ...Object.values(settings.endpoints ?? {})]) {
    if (!isProviderUrl(address)) throw providerProblem('provider.address-malformed', { params: { address } })
  }
  const domains = settings.trust.kind === 'domains' ? settings.trust.domains : []
  const malformed = domains.find((domain) => !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain))
  if (malformed !== undefined) throw providerProblem('provider.domain-malformed', { params: { domain: malformed } })
}
