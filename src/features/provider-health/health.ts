import type { Incident } from './incident.ts'
import type { Reason } from './observation.ts'
import type { Override } from './override.ts'

/** The current health of a provider, as seen from one client network. */
export type Health = {
  readonly state: 'troubled' | 'down' | 'off'
  readonly reason?: HealthReason
  readonly since?: number
}

/** What visitors are told of the reason. */
export const healthReasons = [
  'network-unreachable',
  'network-slow',
  'network-error',
  'network-nonsense',
  'unreachable-here',
  'not-returned',
] as const

export type HealthReason = (typeof healthReasons)[number]

/** Undefined for what says nothing about a provider. */
const healthReasonOf: Readonly<Record<Reason, HealthReason | undefined>> = {
  unreachable: 'network-unreachable',
  slow: 'network-slow',
  error: 'network-error',
  nonsense: 'network-nonsense',
  clock: 'network-nonsense',
  refused: 'network-error',
  'unreachable-here': 'unreachable-here',
  'not-returned': 'not-returned',
  cancelled: undefined,
  expired: undefined,
  'not-this-browser': undefined,
  'cookies-blocked': undefined,
  disabled: undefined,
  skipped: undefined,
}

/**
 * The health for a visitor: an override if there is one, otherwise the worse of the global incident and the incident of
 * the visitor's client network.
 */
export function healthFrom(
  incidents: readonly Incident[],
  overrides: readonly Override[],
  clientNetwork: string | undefined,
  now: number,
): ReadonlyMap<string, Health> {
  const health = new Map<string, Health>()
  for (const { providerId, clientNetwork: affected, state, reason, since } of incidents) {
    if (affected !== '' && affected !== clientNetwork) continue
    if (health.get(providerId)?.state === 'down') continue
    const healthReason = healthReasonOf[reason]
    health.set(providerId, { state, since, ...(healthReason && { reason: healthReason }) })
  }
  for (const { providerId, state, until, setAt } of overrides) {
    if (until > now) health.set(providerId, { state, since: setAt })
  }
  return health
}
