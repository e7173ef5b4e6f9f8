import { problems } from '#kernel/problem.ts'

export const providerProblem = problems({
  'provider.taken': 'conflict',
  'provider.id-malformed': 'invalid',
  'provider.name-malformed': 'invalid',
  'provider.client-missing': 'invalid',
  'provider.secret-missing': 'invalid',
  'provider.key-malformed': 'invalid',
  'provider.address-malformed': 'invalid',
  'provider.domain-malformed': 'invalid',
})
