export {
  type FederatedIdentifier,
  type FederatedIdentifierStore,
  federatedIdentifierStore,
} from './federated-identifier.store.ts'
export type { Provider, ProviderSettings, TrustRule } from './provider.ts'
export { type ProviderStore, providerStore } from './provider.store.ts'
