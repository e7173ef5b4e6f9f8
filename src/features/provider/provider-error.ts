/** Why a network did not let a person in, as far as it can be told. Every other list of reasons derives from this one. */
export const failureReasons = [
  /** The person turned back. */
  'cancelled',
  /** The network said no, or our application's registration there is not right. */
  'refused',
  'unreachable',
  /** It is there, but the visitor's own browser does not get through. */
  'unreachable-here',
  'slow',
  /** Its answer could not be understood or verified. */
  'nonsense',
  /** It reported a fault of its own. */
  'error',
  /** The attempt is too old, or was used already. */
  'expired',
  'not-this-browser',
  /** The browser came back without any cookie of ours. */
  'cookies-blocked',
  /** The network's clock and ours are too far apart for its answer to be valid. */
  'clock',
  /** The operator switched it off. */
  'disabled',
] as const

export type FailureReason = (typeof failureReasons)[number]

/** Ends a conversation with a network. */
export class ProviderError extends Error {
  readonly failure: FailureReason
  /** The network's own word for it (RFC 6749, 4.1.2.1 and 5.2), if it gave one. */
  readonly code: string | undefined
  constructor(failure: FailureReason, cause?: unknown, code?: string) {
    super(failure, { cause })
    this.name = 'ProviderError'
    this.failure = failure
    this.code = code
  }
}
