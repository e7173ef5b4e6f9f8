import { problems } from '#kernel/problem.ts'

export const recoveryProblem = problems({
  'recovery.identifier-missing': 'invalid',
  'recovery.identifier-malformed': 'invalid',
  'recovery.too-many': 'throttled',
  'recovery.link-not-valid': 'expired',
})
