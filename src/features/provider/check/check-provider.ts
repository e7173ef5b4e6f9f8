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

/** Checks the setup of a provider, compares it with the last check, and saves the findings. */
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
      codeRejectedAt: check.codeRejected ? checkedAt : (last?.codeRejectedAt ?? null),
    }),
  )
  return findings
}

/** Findings that the previous check did not have. */
export type NewFindings = { readonly providerId: string; readonly findings: readonly Finding[] }

/** Checks the enabled providers whose last check is a day old. Several nodes share the work. */
export async function checkDueProviders(deps: CheckProviderDeps): Promise<readonly NewFindings[]> {
  const reports: NewFindings[] = []
  for (const provider of await deps.read.providers.list()) {
    if (!provider.enabled) continue
    const now = deps.clock.now()
    const isOurs = await deps.inTransaction(({ providerChecks }) => providerChecks.claim(provider.id, now - day, now))
    if (!isOurs) continue
    const before = (await deps.read.providerChecks.find(provider.id))?.findings.map(keyOf) ?? []
    const findings = (await checkProvider(deps, provider)).filter((finding) => !before.includes(keyOf(finding)))
    if (findings.length > 0) reports.push({ providerId: provider.id, findings })
  }
  await deps.inTransaction(({ providerChecks }) => providerChecks.deleteOrphans())
  return reports
}

/** A warning that became an error counts as new. Details are left out: they may differ each time. */
function keyOf({ code, severity }: Finding): string {
  return `${severity} ${code}`
}
