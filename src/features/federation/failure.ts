import { failureReasons } from '#features/provider/index.ts'

const failures = [
  ...failureReasons,
  /** Linked before the account's address was proved. A mail asks the owner of the address to confirm it. */
  'account-needs-proof',
  'account-disabled',
] as const

/** Why an attempt through a network failed. */
export type Failure = (typeof failures)[number]

export function isFailure(outcome: string): outcome is Failure {
  return failures.some((failure) => failure === outcome)
}

type FailureTraits = {
  /** HTTP status of the page that explains it. */
  readonly status: number
  /** The network is down or unreachable. Pages offer to try anyway. */
  readonly isOutage: boolean
  /** Position of the retry button: `first` if nothing is wrong with the network, `never` if the result would be the same. */
  readonly retry: 'first' | 'last' | 'never'
  /** Whether other ways in work, because nothing is wrong with the profile itself. */
  readonly othersHelp: boolean
}

const outage = { isOutage: true, retry: 'last', othersHelp: true } as const
const interrupted = { isOutage: false, retry: 'first', othersHelp: false } as const
const accountRefused = { isOutage: false, retry: 'never', othersHelp: false } as const

/** How pages present each failure. */
export const failureTraits: Readonly<Record<Failure, FailureTraits>> = {
  cancelled: { status: 400, ...interrupted },
  refused: { status: 403, isOutage: false, retry: 'last', othersHelp: true },
  unreachable: { status: 503, ...outage },
  'unreachable-here': { status: 503, ...outage },
  slow: { status: 504, ...outage },
  nonsense: { status: 502, ...outage },
  error: { status: 502, ...outage },
  expired: { status: 410, ...interrupted },
  'not-this-browser': { status: 403, ...interrupted },
  'cookies-blocked': { status: 403, ...interrupted },
  clock: { status: 502, ...outage },
  disabled: { status: 403, isOutage: false, retry: 'never', othersHelp: true },
  'account-needs-proof': { status: 403, ...accountRefused },
  'account-disabled': { status: 403, ...accountRefused },
}
