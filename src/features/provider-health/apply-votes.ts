import { cleared, type Evidence, type Vote, withVote } from './evidence.ts'
import type { Incident } from './incident.ts'
import { isOver, judge, type Scope, type StreamVerdict } from './judge.ts'

/** The state of a provider, for everybody or for one client network. */
export type Assessment = {
  readonly evidence: Evidence
  readonly incident: Pick<Incident, 'state' | 'reason' | 'evidence' | 'since'> | undefined
}

export const nothingKnown: Assessment = { evidence: {}, incident: undefined }

/** Applies votes in order: begins, escalates or ends an incident, as `judge.ts` reads the evidence. */
export function applyVotes(known: Assessment, votes: readonly Vote[], scope: Scope): Assessment {
  return votes.reduce((before, vote) => applyVote(before, vote, scope), known)
}

function applyVote({ evidence: before, incident }: Assessment, vote: Vote, scope: Scope): Assessment {
  const evidence = withVote(before, vote)
  if (incident && isOver(evidence, incident.evidence.stream, scope, incident.evidence.share)) {
    const remaining = cleared(evidence, incident.evidence.stream)
    // Another stream may still show an incident.
    return { evidence: remaining, incident: toIncident(judge(remaining, scope), incident.since) }
  }
  const verdict = judge(evidence, scope)
  const isWorse = verdict && (!incident || (incident.state === 'troubled' && verdict.state === 'down'))
  return { evidence, incident: isWorse ? toIncident(verdict, incident?.since ?? vote.at) : incident }
}

function toIncident(verdict: StreamVerdict | undefined, since: number): Assessment['incident'] {
  if (!verdict) return undefined
  const { state, stream, share, counts } = verdict
  const { good, bad, run, runOf, reason } = counts
  return {
    state,
    reason: reason === null || reason === 'skipped' ? 'error' : reason,
    since,
    evidence: { stream, good, bad, run: runOf === 'failed' ? run : 0, share },
  }
}
