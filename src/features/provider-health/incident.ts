import type { Stream } from './evidence.ts'
import type { Reason } from './observation.ts'

/** The counts that led to an incident. */
export type IncidentEvidence = {
  readonly stream: Stream
  /** Decayed counts. */
  readonly good: number
  readonly bad: number
  /** Failures in a row. */
  readonly run: number
  /** Share of bad seconds when it began. */
  readonly share: number
}

/** A period in which a provider did not work, for everybody or for one client network. */
export type Incident = {
  readonly id: string
  readonly providerId: string
  /** Empty if it affects everybody. */
  readonly clientNetwork: string
  readonly state: 'troubled' | 'down'
  readonly reason: Exclude<Reason, 'skipped'>
  readonly evidence: IncidentEvidence
  readonly since: number
  readonly endedAt: number | null
}
