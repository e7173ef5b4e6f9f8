import { problems } from '#kernel/problem.ts'

export const federationProblem = problems({
  'federation.no-such-network': 'not-found',
  'federation.too-many': 'throttled',
})
