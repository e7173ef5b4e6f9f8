import type { InTransaction } from '#database/open.ts'
import { type AuditStore, type RecordDeps, record } from '#features/audit/index.ts'
import type { ProviderStore } from '#features/provider/index.ts'
import type { Override, OverrideStore } from '#features/provider-health/index.ts'
import { day, hour } from '#kernel/duration.ts'
import type { AccountId } from '#kernel/id.ts'

export type OverrideNetworkDeps = RecordDeps & {
  readonly inTransaction: InTransaction<{
    readonly audit: AuditStore
    readonly overrides: OverrideStore
    readonly providers: ProviderStore
  }>
}

/** Durations of an override. Always limited, so that no network stays off because it was forgotten. */
export const overrideSpans = { '1h': hour, '4h': 4 * hour, '1d': day, '1w': 7 * day } as const

export type OverrideSpan = keyof typeof overrideSpans

type Decision = Pick<Override, 'providerId' | 'state'> & {
  /** The operator's account. */
  readonly setBy: AccountId
  readonly span: OverrideSpan
  readonly clientNetwork: string
}

/** Overrides the state of a network for a limited time. @returns whether the network exists */
export async function setOverride(deps: OverrideNetworkDeps, decision: Decision): Promise<boolean> {
  const { providerId, state, setBy, span, clientNetwork } = decision
  return deps.inTransaction(async ({ audit, overrides, providers }) => {
    if (!(await providers.find(providerId))) return false
    const now = deps.clock.now()
    const until = now + overrideSpans[span]
    await overrides.set({ providerId, state, until, setBy, setAt: now })
    const details = { provider: providerId, state, until }
    await record(deps, audit, { event: 'network.override-set', accountId: setBy, clientNetwork, details })
    return true
  })
}

/** Ends the override early, so that the observed state applies again. */
export async function endOverride(
  deps: OverrideNetworkDeps,
  { providerId, setBy, clientNetwork }: Omit<Decision, 'state' | 'span'>,
): Promise<void> {
  await deps.inTransaction(async ({ audit, overrides }) => {
    await overrides.delete(providerId)
    const details = { provider: providerId }
    await record(deps, audit, { event: 'network.override-ended', accountId: setBy, clientNetwork, details })
  })
}
