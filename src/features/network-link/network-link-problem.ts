import { problems } from '#kernel/problem.ts'

export const networkLinkProblem = problems({
  'network-link.last-way': 'conflict',
  'network-link.failed': 'invalid',
  'network-link.taken': 'conflict',
  'network-link.mail-not-valid': 'expired',
})
