import { problems } from '#kernel/problem.ts'

export const signInProblem = problems({
  'sign-in.identifier-missing': 'invalid',
  'sign-in.password-missing': 'invalid',
  /** One and the same for a wrong password, an unknown, a locked and a disabled account. */
  'sign-in.not-right': 'unauthenticated',
  'sign-in.too-many': 'throttled',
  'sign-in.busy': 'unavailable',
})
