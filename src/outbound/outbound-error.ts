/** Why a server of others gave no answer that can be used. */
export type OutboundFailure =
  | 'unreachable'
  | 'slow'
  /** It answered with a status of 500 or more. */
  | 'error'
  /** Its answer is too large, compressed or ambiguous. */
  | 'nonsense'

/** Ends one outbound request. */
export class OutboundError extends Error {
  readonly failure: OutboundFailure
  constructor(failure: OutboundFailure, cause?: unknown) {
    super(failure, { cause })
    this.name = 'OutboundError'
    this.failure = failure
  }
}
