import type { FailureReason, Finding } from '#features/provider/index.ts'

/** Undefined for what no check ends with: should one do so all the same, the reason itself is shown. */
const failures: Readonly<Record<FailureReason, string | undefined>> = {
  refused: 'it does not accept our client id or secret',
  unreachable: 'it cannot be reached from here',
  slow: 'it did not answer in time',
  nonsense: 'its response is not valid',
  error: 'it reports an internal error',
  cancelled: undefined,
  'unreachable-here': undefined,
  expired: undefined,
  'not-this-browser': undefined,
  'cookies-blocked': undefined,
  clock: undefined,
  disabled: undefined,
}

const dateOf = (at: number) => new Date(at).toISOString().slice(0, 10)

/** A finding as a sentence for the operator. */
export function findingInWords(finding: Finding): string {
  const isPast = finding.severity === 'error'
  switch (finding.code) {
    case 'failed':
      return `${failures[finding.failure] ?? finding.failure}${finding.reason ? ` (${finding.reason})` : ''}`
    case 'issuer-differs':
      return `its discovery document names a different issuer (${finding.told})`
    case 'secret-expires':
      return `its secret ${isPast ? 'expired' : 'expires'} on ${dateOf(finding.at)}`
    case 'deprecated':
      return `${finding.what} ${isPast ? 'ended' : 'ends'} on ${dateOf(finding.at)} (${finding.source})`
    case 'discovery-changed':
      return `its ${finding.name} has changed from ${JSON.stringify(finding.before)} to ${JSON.stringify(finding.after)}`
  }
}
