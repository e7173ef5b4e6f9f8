export { type Authenticator, type AuthenticatorStores, authenticators } from './authenticators.ts'
export { signInsByName } from './budgets.ts'
export {
  type FinishedSignIn,
  type FinishSignInDeps,
  type FinishSignInStores,
  finishSignIn,
  finishStepUp,
} from './finish-sign-in.ts'
export { type PendingSignInStore, pendingSignInStore } from './pending-sign-in.store.ts'
export { signIn } from './sign-in.feature.ts'
export { rethrowAsBusy, signInProblem } from './sign-in-problem.ts'
export { linkableNetworks, type OfferWaysDeps, offerWays, waysOfAccount } from './ways/offer-ways.ts'
export { OtherWays } from './ways/other-ways.tsx'
export type { Way } from './ways/way.ts'
export { independentWays, mayRemove } from './ways/ways-left.ts'
