import { day } from '#kernel/duration.ts'
import type { Discovery } from '../client/discovery-cache.ts'
import type { ProviderCheckResult } from '../client/provider-client.ts'
import { presetOf } from '../presets/index.ts'
import type { Provider } from '../provider.ts'
import type { FailureReason } from '../provider-error.ts'

/** A problem with a provider that the operator should know. An error keeps people from signing in now. */
export type Finding =
  /** It did not respond properly. `refused` if it does not accept our client id or secret. */
  | { readonly severity: 'error'; readonly code: 'failed'; readonly failure: FailureReason; readonly reason: string }
  /** Its discovery document names another issuer. */
  | { readonly severity: 'error'; readonly code: 'issuer-differs'; readonly told: string }
  | { readonly severity: 'error' | 'warning'; readonly code: 'secret-expires'; readonly at: number }
  /** Something that the preset uses is discontinued, at midnight UTC. */
  | {
      readonly severity: 'error' | 'warning'
      readonly code: 'deprecated'
      readonly at: number
      readonly what: string
      readonly source: string
    }
  | {
      readonly severity: 'warning'
      readonly code: 'discovery-changed'
      readonly name: string
      readonly before: unknown
      readonly after: unknown
    }

const secretNotice = 30 * day
const deprecationNotice = 90 * day

/**
 * The findings of a check.
 * @param before the discovery document of the last check
 */
export function findingsOf(
  provider: Provider,
  { error, discovery }: ProviderCheckResult,
  before: Discovery | null,
  now: number,
): readonly Finding[] {
  const differs = error?.failure === 'nonsense' && discovery && isForeign(discovery.issuer, provider)
  const reason = error?.code ?? (error?.cause instanceof Error ? error.cause.message : '')
  return [
    ...(differs ? [{ severity: 'error', code: 'issuer-differs', told: String(discovery.issuer) } as const] : []),
    ...(error && !differs ? [{ severity: 'error', code: 'failed', failure: error.failure, reason } as const] : []),
    ...secretFindings(provider, now),
    ...deprecationFindings(provider, now),
    ...(discovery && before ? changes(before, discovery) : []),
  ]
}

/** Microsoft's issuer has a placeholder for the tenant. */
function isForeign(issuer: unknown, provider: Provider): boolean {
  return issuer !== provider.issuer && !String(issuer).includes('{tenantid}')
}

function secretFindings({ secretExpiresAt: at }: Provider, now: number): readonly Finding[] {
  if (at === null || at - now > secretNotice) return []
  return [{ severity: at <= now ? 'error' : 'warning', code: 'secret-expires', at }]
}

function deprecationFindings(provider: Provider, now: number): readonly Finding[] {
  return (presetOf(provider)?.deprecations ?? [])
    .map(({ date, what, source }) => ({ at: Date.parse(date), what, source }))
    .filter(({ at }) => at - now <= deprecationNotice)
    .map((ending) => ({ severity: ending.at <= now ? 'error' : 'warning', code: 'deprecated', ...ending }) as const)
}

function changes(before: Discovery, after: Discovery): readonly Finding[] {
  // A provider that was set up again with another issuer has not changed.
  if (before.issuer !== after.issuer) return []
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof Discovery)[]
  return names
    .map((name) => ({ name, before: before[name] ?? null, after: after[name] ?? null }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after))
    .map((change) => ({ severity: 'warning', code: 'discovery-changed', ...change }) as const)
}
