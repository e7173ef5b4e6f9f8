import type { FailureReason } from '#features/provider/index.ts'

/** Why signing in through a network led nowhere. */
export type Failure = FailureReason | 'account-needs-proof' | 'account-disabled'

/** With which status the page answers that explains it. */
export const failureStatus: Readonly<Record<Failure, number>> = {
  cancelled: 400,
  refused: 403,
  unreachable: 503,
  'unreachable-here': 503,
  slow: 504,
  nonsense: 502,
  error: 502,
  expired: 410,
  'not-this-browser': 403,
  'cookies-blocked': 403,
  clock: 502,
  disabled: 403,
  'account-disabled': 403,
  'account-needs-proof': 403,
}

export function isFailure(outcome: string): outcome is Failure {
  return Object.hasOwn(failureStatus, outcome)
}

/** Nothing is wrong with the network: beginning again is the obvious next step. */
export const beginAgain: readonly Failure[] = ['cancelled', 'expired', 'not-this-browser', 'cookies-blocked']

/** The network will say the same once more. */
export const noRetry: readonly Failure[] = ['disabled', 'account-needs-proof', 'account-disabled']

/** Trouble at the network or on the way there: one may want to try in spite of it. */
export const outages: readonly Failure[] = ['unreachable', 'unreachable-here', 'slow', 'nonsense', 'error', 'clock']

/** Nothing is wrong with the person's profile, and beginning again hardly helps: other ways do. */
export const othersHelp: readonly Failure[] = [...outages, 'refused', 'disabled']
