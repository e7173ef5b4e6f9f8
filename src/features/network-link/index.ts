export type { AnnounceNetworkDeps } from './announce-network.ts'
export { confirmNetworkEmail } from './confirm-network.email.tsx'
export {
  type FederatedIdentifier,
  type FederatedIdentifierStore,
  federatedIdentifierStore,
} from './federated-identifier.store.ts'
export { type LinkNetworkDeps, linkNetwork } from './link-network.ts'
export { type LinkPendingStores, linkPending } from './link-pending.ts'
export { networkLink } from './network-link.feature.ts'
export { confirmLink } from './network-link-urls.ts'
export { networkProof } from './network-proof.ts'
export { pendingLinkStore } from './pending-link.store.ts'
export { pendingLinkLifetime } from './pending-link.ts'
export { removeProvider } from './remove-provider.ts'
export { type UnlinkNetworkInput, unlinkNetwork } from './unlink-network.ts'
