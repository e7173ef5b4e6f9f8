import { problems } from '#kernel/problem.ts'

export const profileProblem = problems({
  'profile.last-way': 'conflict',
})
