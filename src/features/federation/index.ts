export { type AttemptStore, attemptStore } from './attempt.store.ts'
export type { Attempt } from './attempt.ts'
export { type BeginAttemptDeps, beginAttempt, type FailedAttempt } from './begin-attempt.ts'
export { collectAbandoned } from './collect-abandoned.ts'
export { FailedNetworkBanner, FailureReference, RetryNetwork, type ShownFailure } from './failed-network.banner.tsx'
export { type Failure, failureTraits } from './failure.ts'
export { federation } from './federation.feature.ts'
export { browserCheckOf, type NetworkReturn } from './federation.routes.ts'
export { federationProblem } from './federation-problem.ts'
export { callbackPath, startPath } from './federation-urls.ts'
export type { Identified } from './finish-attempt.ts'
export {
  abandonedNetwork,
  type FailedNetwork,
  failedNetwork,
  type LastAttempt,
  type LastAttemptDeps,
  lastAttempt,
} from './last-attempt.ts'
export { federationMessages } from './messages.ts'
export { choosable, NetworkList, type NetworkOffer, StateWords } from './network-list.tsx'
