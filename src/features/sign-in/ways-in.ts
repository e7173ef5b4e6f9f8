import type { Health } from '#features/provider-health/index.ts'
import type { Means, Way, WayState } from './way.ts'

export type Network = {
  readonly id: string
  readonly name: string
  readonly logo: string
  /** Where browsers find it. */
  readonly origin?: string
}

/** What the account has; absent when nobody has said who they are. */
export type AccountWays = {
  readonly password: 'set' | 'not-set' | 'disabled'
  /** Networks linked to it. */
  readonly networkIds: readonly string[]
  /** Whether a mail can reach it. */
  readonly email: boolean
}

export type Situation = {
  /** Networks that the operator has set up. */
  readonly networks: readonly Network[]
  /** Of those that are not well, or switched off for a while. */
  readonly health: ReadonlyMap<string, Health>
  readonly account?: AccountWays | undefined
  /** The way used last in this browser: `password` or `network:<id>`. */
  readonly lastWay?: string | undefined
  /** The network that just did not work. */
  readonly failed?: { readonly networkId: string; readonly reason: NonNullable<Way['reason']> } | undefined
  /** Means that this installation offers; what is not built or not set up is in none of the lists. */
  readonly offered: readonly Means[]
}

const order: readonly Means[] = ['password', 'passkey', 'qr', 'network', 'sms-code', 'mailed-link', 'recovery-code']

const severity: Readonly<Record<WayState, number>> = {
  works: 0,
  troubled: 1,
  down: 2,
  off: 3,
  locked: 4,
  'not-set-up': 5,
}

/**
 * The heart: which ways in are offered, in which order, each with its state. What works comes first, the way used last
 * here before the others that work, and what just failed comes last, since it is still worth a later try.
 */
export function waysIn(situation: Situation): readonly Way[] {
  const ways = order.filter((means) => situation.offered.includes(means)).flatMap((means) => waysOf(means, situation))
  return ways
    .filter((way) => situation.account === undefined || way.state !== 'not-set-up' || way.means === 'password')
    .map((way, position) => ({ way, position }))
    .toSorted((a, b) => rank(a.way) - rank(b.way) || a.position - b.position)
    .map(({ way }) => way)
}

function rank(way: Way): number {
  const failed = way.reason === 'just-failed' ? 10 : 0
  return failed + severity[way.state] * 2 + (way.usedLast ? 0 : 1)
}

function waysOf(means: Means, situation: Situation): readonly Way[] {
  if (means === 'network') return situation.networks.map((network) => networkWay(network, situation))
  if (means === 'password') return [passwordWay(situation)]
  if (means === 'mailed-link') return [mailedLinkWay(situation)]
  return [{ means, state: 'works' }]
}

function passwordWay({ account, lastWay }: Situation): Way {
  if (account?.password === 'not-set') return { means: 'password', state: 'not-set-up', reason: 'no-password-set' }
  if (account?.password === 'disabled') return { means: 'password', state: 'locked', reason: 'password-disabled' }
  return { means: 'password', state: 'works', ...(lastWay === 'password' && { usedLast: true }) }
}

function mailedLinkWay({ account }: Situation): Way {
  return { means: 'mailed-link', state: account && !account.email ? 'not-set-up' : 'works' }
}

function networkWay(network: Network, { account, failed, health, lastWay }: Situation): Way {
  const base = { means: 'network', network } as const
  if (account && !account.networkIds.includes(network.id)) return { ...base, state: 'not-set-up' }
  const known = health.get(network.id)
  if (known?.state !== 'off' && failed?.networkId === network.id) {
    return { ...base, state: known?.state === 'down' ? 'down' : 'troubled', reason: 'just-failed' }
  }
  const usedLast = lastWay === `network:${network.id}` ? { usedLast: true } : {}
  if (!known) return { ...base, state: 'works', ...usedLast }
  if (known.state === 'off') return { ...base, state: 'off' }
  return { ...base, ...known, state: known.state, ...usedLast }
}

const closed: readonly WayState[] = ['off', 'locked', 'not-set-up']

/**
 * How many ways open the account now; what is locked or not set up is none of them. Each way stands for itself: what
 * becomes of a network or a mailbox takes away one.
 */
export function independentWays(ways: readonly Way[]): number {
  return ways.filter((way) => !closed.includes(way.state)).length
}
