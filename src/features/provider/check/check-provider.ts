import type { InTransaction } from '#database/open.ts'
import type { Clock } from '#kernel/clock.ts'
import { day } from '#kernel/duration.ts'
import type { ProviderClient } from '../client/provider-client.ts'
import type { ProviderStore } from '../provider.store.ts'
import type { Provider } from '../provider.ts'
import { type Finding, findingsOf } from './finding.ts'
import type { ProviderCheckStore } from './provider-check.store.ts'

export type CheckProviderDeps = {
  readonly clock: Clock
  readonly providerClient: Pick<ProviderClient, 'check'>
  readonly redirectUriOf: (providerId: string) => string
  readonly read: { readonly providers: ProviderStore; readonly providerChecks: ProviderCheckStore }
  readonly inTransaction: InTransaction<{ readonly providerChecks: ProviderCheckStore }>
}

/** Asks a network whether all is well between us, compares with the last time, and keeps what was found. */
export async function checkProvider(deps: CheckProviderDeps, provider: Provider): Promise<readonly Finding[]> {
  const last = await deps.read.providerChecks.find(provider.id)
  const before = last?.discovery ?? null
  const check = await deps.providerClient.check(provider, deps.redirectUriOf(provider.id))
  const checkedAt = deps.clock.now()
  const findings = findingsOf(provider, check, before, checkedAt)
  await deps.inTransaction(({ providerChecks }) =>
    providerChecks.save({
      providerId: provider.id,
      checkedAt,
      discovery: check.discovery ?? before,
      findings,
      saidNoAt: check.saidNo ? checkedAt : (last?.saidNoAt ?? null),
    }),
  )
  return findings
}

/** Something that the check before did not find. */
export type News = { readonly providerId: string; readonly findings: readonly Finding[] }

/** Checks every network that is switched on and was not checked for a day. Several nodes share the work. */
export async function checkDueProviders(deps: CheckProviderDeps): Promise<readonly News[]> {
  const news: News[] = []
  for (const provider of await deps.read.providers.list()) {
    if (!provider.enabled) continue
    const now = deps.clock.now()
    const isOurs = await deps.inTransaction(({ providerChecks }) => providerChecks.claim(provider.id, now - day, now))
    if (!isOurs) continue
    const before = (await deps.read.providerChecks.find(provider.id))?.findings.map(keyOf) ?? []
    const findings = (await checkProvider(deps, provider)).filter((finding) => !before.includes(keyOf(finding)))
    if (findings.length > 0) news.push({ providerId: provider.id, findings })
  }
  await deps.inTransaction(({ providerChecks }) => providerChecks.deleteOrphans())
  return news
}

/** A warning that became an error is new; the words of a failure may differ each time. */
function keyOf({ code, severity }: Finding): string {
  return `${severity} ${code}`
}
