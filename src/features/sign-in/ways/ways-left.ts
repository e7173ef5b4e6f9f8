import type { Way } from './way.ts'

const usable: readonly Way['state'][] = ['works', 'troubled']

/**
 * The largest number of usable ways that share no dependency, so that no single failure takes two of them. Ways that
 * are down, switched off, locked or not set up are not counted.
 */
export function independentWays(ways: readonly Way[]): number {
  return mostIndependent(ways.filter(({ state }) => usable.includes(state)))
}

/** Tries all combinations, which is cheap for so few ways. */
function mostIndependent([first, ...rest]: readonly Way[]): number {
  if (!first) return 0
  const independent = rest.filter((way) => !way.dependsOn.some((each) => first.dependsOn.includes(each)))
  // A way that shares no dependency with the rest always counts.
  if (independent.length === rest.length) return 1 + mostIndependent(rest)
  return Math.max(1 + mostIndependent(independent), mostIndependent(rest))
}

/**
 * Whether some ways may be removed from the account: another usable way must be enough alone. A mailed link is not,
 * since it only sets a password.
 * @param ways all ways of the account
 */
export function mayRemove(ways: readonly Way[], isRemoved: (way: Way) => boolean): boolean {
  // Ways that are not usable can always be removed.
  if (!ways.some(isRemoved)) return true
  return ways.some((way) => !isRemoved(way) && way.opensAlone && usable.includes(way.state))
}
