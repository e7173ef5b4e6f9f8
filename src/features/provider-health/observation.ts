import { failureReasons } from '#features/provider/index.ts'

/** The step of an attempt at which something was observed. */
export type Step =
  /** Our server checked that the provider is reachable, and made the authorization URL. */
  | 'start'
  /** The visitor's browser probed whether it can reach the network. */
  | 'browser'
  /** The browser came back or did not. */
  | 'return'
  /** Our server exchanged the code for tokens. */
  | 'token'
  /** Our server requested the user's data. */
  | 'user-data'
  /** Our server probed the provider in the background. */
  | 'probe'

/** `neutral` says nothing about the provider: the person cancelled, or the breaker skipped the attempt. */
export type Outcome = 'good' | 'slow' | 'failed' | 'neutral'

const reasons = [
  ...failureReasons,
  /** The attempt was abandoned. */
  'not-returned',
  /** The breaker skipped it. */
  'skipped',
] as const

export type Reason = (typeof reasons)[number]

/** One observation of a provider. */
export type Observation = {
  readonly id: string
  readonly providerId: string
  readonly at: number
  readonly step: Step
  readonly outcome: Outcome
  /** Null if there is none. */
  readonly reason: Reason | null
  readonly milliseconds: number | null
  /** A /24 or /48. Empty for probes. */
  readonly clientNetwork: string
  /** Reference of the attempt; null for probes. */
  readonly reference: string | null
}

/** An observation that is not written yet. */
export type NewObservation = Omit<Observation, 'id'> & {
  /**
   * The browser (keyed hash) that alone reported this: a failed probe, an abandoned attempt. Rate limits per browser
   * and per client network keep forged reports from making a network look down, or from hiding an outage.
   */
  readonly reportedBy?: string
}
