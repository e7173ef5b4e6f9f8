/** Why a request to another server brought no usable response. */
export type OutboundFailure =
  | 'unreachable'
  | 'slow'
  /** A status of 500 or more. */
  | 'error'
  /** The response is too large, compressed or ambiguous. */
  | 'nonsense'

/** An outbound request failed. */
export class OutboundError extends Error {
  readonly failure: OutboundFailure
  constructor(failure: OutboundFailure, cause?: unknown) {
    super(failure, { cause })
    this.name = 'OutboundError'
    this.failure = failure
  }
}
