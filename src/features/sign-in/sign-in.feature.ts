import type { FastifyInstance } from 'fastify'
import type { InTransaction } from '#database/open.ts'
import type { Clock } from '#kernel/clock.ts'
import { helpRoutes } from './help/help.routes.tsx'
import { type SignInReturnDeps, signInReturn } from './network-return.web.tsx'
import type { PendingSignInStore } from './pending-sign-in.store.ts'
import { secondStepRoutes } from './second-step/second-step.routes.tsx'
import { type SignInRoutesDeps, signInRoutes } from './sign-in.routes.tsx'

type TidyDeps = {
  readonly clock: Clock
  readonly inTransaction: InTransaction<{ readonly pendingSignIns: PendingSignInStore }>
}

export type SignInFeatureDeps = SignInRoutesDeps & SignInReturnDeps & { readonly useCases: TidyDeps }

/** Signing in, and help with it. */
export function signIn(deps: SignInFeatureDeps) {
  return {
    routes: (app: FastifyInstance) => {
      signInRoutes(app, deps)
      secondStepRoutes(app, deps)
      helpRoutes(app, deps)
    },
    networkReturn: signInReturn(deps),
    tidy: () => tidy(deps.useCases),
  }
}

function tidy({ clock, inTransaction }: TidyDeps): Promise<void> {
  return inTransaction(({ pendingSignIns }) => pendingSignIns.deletePast(clock.now()))
}
