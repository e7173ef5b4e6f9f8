/** Why an attempt with a provider failed. All other lists of reasons derive from this one. */
export const failureReasons = [
  /** The person cancelled. */
  'cancelled',
  /** The provider refused, or our client registration is wrong. */
  'refused',
  'unreachable',
  /** Our server can reach it, but the visitor's browser cannot. */
  'unreachable-here',
  'slow',
  /** Its response is invalid or could not be verified. */
  'nonsense',
  /** It reported an internal error. */
  'error',
  /** The attempt has expired or was already used. */
  'expired',
  'not-this-browser',
  /** The browser came back without any cookie of ours. */
  'cookies-blocked',
  /** The provider's clock and ours differ too much for its response to be valid. */
  'clock',
  /** The operator disabled it. */
  'disabled',
] as const

export type FailureReason = (typeof failureReasons)[number]

/** A request to a provider failed, or its response was rejected. */
export class ProviderError extends Error {
  readonly failure: FailureReason
  /** The provider's error code (RFC 6749, 4.1.2.1 and 5.2), if any. */
  readonly code: string | undefined
  constructor(failure: FailureReason, cause?: unknown, code?: string) {
    super(failure, { cause })
    this.name = 'ProviderError'
    this.failure = failure
    this.code = code
  }
}
