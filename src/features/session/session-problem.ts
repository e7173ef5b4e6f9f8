import { problems } from '#kernel/problem.ts'

export const sessionProblem = problems({
  'session.none': 'unauthenticated',
  'session.step-up-needed': 'forbidden',
})
