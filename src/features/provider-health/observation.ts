import type { FailureReason } from '#features/provider/index.ts'

/** Where on the way to a network and back something was seen. */
export type Step =
  /** Our server asked whether it is there, and made the address to go to. */
  | 'start'
  /** The visitor's browser looked whether it can be reached from there. */
  | 'browser'
  /** The browser came back, or did not. */
  | 'return'
  /** Our server exchanged the code for tokens. */
  | 'token'
  /** Our server asked who the person is. */
  | 'user-data'
  /** Our server asked without anybody waiting. */
  | 'probe'

/** `neutral` says nothing about the network: a person turned back, an attempt was skipped. */
export type Outcome = 'good' | 'slow' | 'failed' | 'neutral'

/** Why: nobody came back in time, or the network was known to be down and nobody was sent there. */
export type Reason = FailureReason | 'not-returned' | 'skipped'

/** One thing that was seen of a network. */
export type Observation = {
  readonly id: string
  readonly providerId: string
  readonly at: number
  readonly step: Step
  readonly outcome: Outcome
  /** Null when there is nothing to say. */
  readonly reason: Reason | null
  readonly milliseconds: number | null
  /** Coarse: /24 or /48. Empty for probes. */
  readonly clientNetwork: string
  /** Number for questions of the attempt it belongs to; null for probes. */
  readonly reference: string | null
}

/** An observation on its way to be written down. */
export type NewObservation = Omit<Observation, 'id'> & {
  /**
   * The browser on whose word alone it rests (keyed hash): a report, a start that nobody came back from. Each has one
   * voice, and each client network few, so that nobody can talk a network down, or its outage away.
   */
  readonly reportedBy?: string
}
