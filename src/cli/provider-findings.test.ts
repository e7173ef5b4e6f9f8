import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Finding } from '#features/provider/index.ts'
import { findingInWords } from './provider-findings.ts'

const at = Date.parse('2027-01-31')
const source = 'https://network.example/changes'

const sentences: readonly (readonly [Finding, string])[] = [
  [
    { severity: 'error', code: 'failed', failure: 'refused', reason: 'invalid_client' },
    'it does not accept our client id or secret (invalid_client)',
  ],
  [{ severity: 'error', code: 'failed', failure: 'slow', reason: '' }, 'it did not answer in time'],
  [
    { severity: 'error', code: 'issuer-differs', told: 'https://evil.example' },
    'its discovery document names a different issuer (https://evil.example)',
  ],
  [{ severity: 'warning', code: 'secret-expires', at }, 'its secret expires on 2027-01-31'],
  [{ severity: 'error', code: 'secret-expires', at }, 'its secret expired on 2027-01-31'],
  [{ severity: 'warning', code: 'deprecated', at, what: 'API v1', source }, `API v1 ends on 2027-01-31 (${source})`],
  [
    { severity: 'warning', code: 'discovery-changed', name: 'jwks_uri', before: null, after: 'https://a.example' },
    'its jwks_uri has changed from null to "https://a.example"',
  ],
]

for (const [finding, words] of sentences) {
  test(`${finding.severity} ${finding.code}: ${words}`, () => assert.equal(findingInWords(finding), words))
}
