import { Problem, problems } from '#kernel/problem.ts'

export const signInProblem = problems({
  'sign-in.identifier-missing': 'invalid',
  'sign-in.password-missing': 'invalid',
  /** The same for a wrong password and for an unknown, locked or disabled account. */
  'sign-in.not-right': 'unauthenticated',
  'sign-in.too-many': 'throttled',
  'sign-in.busy': 'unavailable',
})

/** For `checkPassword(…).catch(…)`: a full hash queue becomes `sign-in.busy`. */
export function rethrowAsBusy(error: unknown): never {
  if (error instanceof Problem && error.kind === 'unavailable' && error.retryAfter !== undefined) {
    throw signInProblem('sign-in.busy', { retryAfter: error.retryAfter })
  }
  throw error
}
