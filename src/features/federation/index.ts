export { type AnnounceNetworkDeps, type AnnounceNetworkStores, announceNetwork } from './announce-network.ts'
export { type AttemptStore, attemptStore } from './attempt.store.ts'
export type { Attempt } from './attempt.ts'
export {
  type BeginAttemptDeps,
  type BegunAttempt,
  type BrowserCheck,
  beginAttempt,
  type FailedAttempt,
} from './begin-attempt.ts'
export { type CollectOverdueDeps, collectOverdue } from './collect-overdue.ts'
export {
  type FederatedIdentifier,
  type FederatedIdentifierStore,
  federatedIdentifierStore,
} from './federated-identifier.store.ts'
export { callbackPath, startPath } from './federation-urls.ts'
export { type FinishAttemptDeps, type FinishedAttempt, finishAttempt, type Identified } from './finish-attempt.ts'
export { type LinkIdentityStores, linkIdentity } from './link-identity.ts'
export { type PendingLinkStore, pendingLinkStore } from './pending-link.store.ts'
export { type PendingLink, pendingLinkLifetime } from './pending-link.ts'
export { removeProvider } from './remove-provider.ts'
