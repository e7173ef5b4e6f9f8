export { confirmNetworkRoutes } from './confirm-network.routes.tsx'
export type { Disclosure } from './disclosure.ts'
export { FailedNetworkBanner, type ShownFailure } from './failed-network.banner.tsx'
export { failureStatus, outages } from './failure.ts'
export { browserCheckOf, type NetworkRoutesDeps, networkRoutes, type OtherReturn } from './network.routes.tsx'
export { type OfferWaysDeps, offerWays, toNetwork } from './offer-ways.ts'
export { signInRoutes } from './sign-in.routes.tsx'
export { signInProblem } from './sign-in-problem.ts'
export { signInPath, signOutPath } from './sign-in-urls.ts'
export { networkProof } from './sign-in-with-network.ts'
export {
  type AnnounceDisabledPassword,
  type AnnounceDisabledStores,
  announceDisabled,
} from './sign-in-with-password.ts'
export { SignOutPage } from './sign-out.page.tsx'
export type { Way } from './way.ts'
export { independentWays, waysIn } from './ways-in.ts'
