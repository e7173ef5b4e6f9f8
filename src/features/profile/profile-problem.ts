import { problems } from '#kernel/problem.ts'

export const profileProblem = problems({
  'profile.last-way': 'conflict',
  'profile.network-failed': 'invalid',
  'profile.network-not-linked': 'invalid',
  'profile.network-not-fresh': 'invalid',
})
