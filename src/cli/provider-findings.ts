import type { Finding } from '#features/provider/index.ts'

const failures: Readonly<Partial<Record<string, string>>> = {
  refused: 'it does not accept our client id or secret',
  unreachable: 'it cannot be reached from here',
  slow: 'it did not answer in time',
  nonsense: 'its answer is not valid',
  error: 'it reports an internal error',
}

const dateOf = (at: number) => new Date(at).toISOString().slice(0, 10)

/** A finding as a sentence for the operator. */
export function findingInWords(finding: Finding): string {
  const isPast = finding.severity === 'error'
  switch (finding.code) {
    case 'failed':
      return `${failures[finding.failure] ?? finding.failure}${finding.reason ? ` (${finding.reason})` : ''}`
    case 'issuer-differs':
      return `its discovery document names another issuer (${finding.told})`
    case 'secret-expires':
      return `its secret ${isPast ? 'expired' : 'expires'} on ${dateOf(finding.at)}`
    case 'deprecated':
      return `${finding.what} ${isPast ? 'ended' : 'ends'} on ${dateOf(finding.at)} (${finding.source})`
    case 'discovery-changed':
      return `its ${finding.name} has changed from ${JSON.stringify(finding.before)} to ${JSON.stringify(finding.after)}`
  }
}
