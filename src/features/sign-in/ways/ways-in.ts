import type { FailedNetwork } from '#features/federation/index.ts'
import type { Health } from '#features/provider-health/index.ts'
import type { AuthenticatorKind, UsedWay } from '#features/session/index.ts'
import type { AccountWay, Authenticator } from '../authenticators.ts'
import type { Way, WayState } from './way.ts'

export type Network = {
  readonly id: string
  readonly name: string
  readonly logo: string
  /** The origin that browsers check. */
  readonly origin?: string
}

export type Situation = {
  readonly authenticators: readonly Authenticator[]
  /** The networks that are set up. */
  readonly networks: readonly Network[]
  /** Health of the networks in trouble, down or temporarily switched off. */
  readonly health: ReadonlyMap<string, Health>
  /** The account's ways; absent before the account is known. */
  readonly account?: ReadonlyMap<AuthenticatorKind, readonly AccountWay[]> | undefined
  /** The way used last in this browser. */
  readonly lastWay?: UsedWay | undefined
  /** The network that just failed. */
  readonly failed?: FailedNetwork | undefined
}

const severity: Readonly<Record<WayState, number>> = {
  works: 0,
  troubled: 1,
  down: 2,
  off: 3,
  locked: 4,
  'not-set-up': 5,
}

/**
 * Decides which ways in are offered, in which order, each with its state. Working ways come first, led by the one used
 * last in this browser. The network that just failed comes last but stays choosable, since it may work again.
 */
export function waysIn(situation: Situation): readonly Way[] {
  return situation.authenticators
    .toSorted((a, b) => a.order - b.order)
    .flatMap((row) => (row.kind === 'network' ? networkWays(row, situation) : waysOf(row, situation)))
    .map((way, position) => ({ way, position }))
    .toSorted((a, b) => rank(a.way) - rank(b.way) || a.position - b.position)
    .map(({ way }) => way)
}

function rank(way: Way): number {
  const failed = way.reason === 'just-failed' ? 10 : 0
  return failed + severity[way.state] * 2 + (way.usedLast ? 0 : 1)
}

const visitor: readonly AccountWay[] = [{ state: 'works', dependsOn: [] }]

function waysOf(row: Authenticator, { account, lastWay }: Situation): readonly Way[] {
  const ways = account ? (account.get(row.kind) ?? []) : visitor
  return ways.map((way) => ({
    ...toWay(row, way),
    ...(way.state === 'works' && lastWay?.kind === row.kind && { usedLast: true }),
  }))
}

function toWay({ kind, path, words, opensAlone }: Authenticator, { state, reason, dependsOn }: AccountWay): Way {
  return { kind, state, ...(reason && { reason }), ...(path && { path }), words, opensAlone, dependsOn }
}

function networkWays(row: Authenticator, situation: Situation): readonly Way[] {
  const linked = situation.account?.get('network')
  return situation.networks
    .filter(({ id }) => !linked || linked.some(({ providerId }) => providerId === id))
    .map((network) => networkWay(row, network, situation))
}

function networkWay(row: Authenticator, network: Network, { failed, health, lastWay }: Situation): Way {
  const { id } = network
  const base = { ...toWay(row, { state: 'works', dependsOn: [`provider:${id}`] }), network }
  const currentHealth = health.get(id)
  if (currentHealth?.state !== 'off' && failed?.networkId === id) {
    return { ...base, state: currentHealth?.state === 'down' ? 'down' : 'troubled', reason: 'just-failed' }
  }
  const usedLast = lastWay?.kind === 'network' && lastWay.providerId === id ? { usedLast: true } : {}
  if (!currentHealth) return { ...base, ...usedLast }
  if (currentHealth.state === 'off') return { ...base, state: 'off' }
  return { ...base, ...currentHealth, state: currentHealth.state, ...usedLast }
}
