import { problems } from '#kernel/problem.ts'

export const stepUpProblem = problems({
  'step-up.failed': 'invalid',
  'step-up.not-linked': 'invalid',
  'step-up.not-fresh': 'invalid',
})
