import { problems } from '../../kernel/problem.ts'

export const federationProblem = problems({
  'federation.no-such-network': 'not-found',
  'federation.too-many': 'throttled',
  'federation.network-taken': 'conflict',
  'federation.id-malformed': 'invalid',
  'federation.name-malformed': 'invalid',
  'federation.client-missing': 'invalid',
  'federation.secret-missing': 'invalid',
  'federation.address-malformed': 'invalid',
  'federation.domain-malformed': 'invalid',
})
