export { type Authenticator, type AuthenticatorStores, authenticators } from './authenticators.ts'
export { signInsByName } from './budgets.ts'
export {
  type FinishedSignIn,
  type FinishSignInDeps,
  type FinishSignInStores,
  finishSignIn,
  finishStepUp,
} from './finish-sign-in.ts'
export { type OfferWaysDeps, offerWays, toNetwork, waysOfAccount } from './offer-ways.ts'
export { OtherWays } from './other-ways.tsx'
export { type PendingSignInStore, pendingSignInStore } from './pending-sign-in.store.ts'
export { signIn } from './sign-in.feature.ts'
export { signInProblem } from './sign-in-problem.ts'
export { networkProof } from './sign-in-with-network.ts'
export {
  type AnnounceDisabledPassword,
  type AnnounceDisabledStores,
  announceDisabled,
} from './sign-in-with-password.ts'
export type { Way } from './way.ts'
export { waysIn } from './ways-in.ts'
export { independentWays, mayRemove } from './ways-left.ts'
