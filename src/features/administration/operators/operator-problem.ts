import { problems } from '#kernel/problem.ts'

export const operatorProblem = problems({
  'operator.last': 'conflict',
  'operator.not-one': 'not-found',
  'operator.unproved': 'conflict',
})
