import type { Way } from './way.ts'

const usable: readonly Way['state'][] = ['works', 'troubled']

/**
 * How many ways lead in now that do not fail together: as many as share nothing that they depend on. A way that is
 * down, switched off, locked or not set up is none of them.
 */
export function independentWays(ways: readonly Way[]): number {
  return mostIndependent(ways.filter(({ state }) => usable.includes(state)))
}

/** There are few ways, so that trying all combinations is cheap. */
function mostIndependent([first, ...rest]: readonly Way[]): number {
  if (!first) return 0
  const apart = rest.filter((way) => !way.dependsOn.some((each) => first.dependsOn.includes(each)))
  // What shares nothing with the others always counts.
  if (apart.length === rest.length) return 1 + mostIndependent(rest)
  return Math.max(1 + mostIndependent(apart), mostIndependent(rest))
}

/**
 * Whether the account may lose some of its ways: another one that works now must open it alone. A mailed link is not
 * enough, since without a password it opens nothing yet.
 * @param ways all that the account has
 */
export function mayRemove(ways: readonly Way[], isRemoved: (way: Way) => boolean): boolean {
  // What leads nowhere can always go.
  if (!ways.some(isRemoved)) return true
  return ways.some((way) => !isRemoved(way) && way.opensAlone && usable.includes(way.state))
}
