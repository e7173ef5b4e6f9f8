import { problems } from '#kernel/problem.ts'

export const signUpProblem = problems({
  'sign-up.identifier-missing': 'invalid',
  'sign-up.identifier-malformed': 'invalid',
  'sign-up.name-missing': 'invalid',
  'sign-up.name-malformed': 'invalid',
  'sign-up.too-many': 'throttled',
  'sign-up.link-not-valid': 'expired',
})
