import type { Incident } from './incident.ts'
import type { Reason } from './observation.ts'
import type { Override } from './override.ts'

/** What is known of a network at this moment, for a visitor from one client network. */
export type Health = {
  readonly state: 'troubled' | 'down' | 'off'
  readonly reason?: HealthReason
  readonly since?: number
}

export type HealthReason =
  | 'network-unreachable'
  | 'network-slow'
  | 'network-error'
  | 'network-nonsense'
  | 'unreachable-here'
  | 'not-returned'

const reasons: Readonly<Partial<Record<Reason, HealthReason>>> = {
  unreachable: 'network-unreachable',
  slow: 'network-slow',
  error: 'network-error',
  nonsense: 'network-nonsense',
  clock: 'network-nonsense',
  refused: 'network-error',
  'unreachable-here': 'unreachable-here',
  'not-returned': 'not-returned',
}

/**
 * What holds for a visitor: what an operator decided goes first, then the worse of what everybody sees and what is seen
 * from the visitor's own client network.
 */
export function healthFrom(
  incidents: readonly Incident[],
  overrides: readonly Override[],
  clientNetwork: string | undefined,
  now: number,
): ReadonlyMap<string, Health> {
  const health = new Map<string, Health>()
  for (const { providerId, clientNetwork: of, state, reason, since } of incidents) {
    if (of !== '' && of !== clientNetwork) continue
    if (health.get(providerId)?.state === 'down') continue
    const known = reasons[reason]
    health.set(providerId, { state, since, ...(known && { reason: known }) })
  }
  for (const { providerId, state, until, setAt } of overrides) {
    if (until > now) health.set(providerId, { state, since: setAt })
  }
  return health
}
