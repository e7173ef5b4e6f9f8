import type { FastifyInstance } from 'fastify'
import type { InTransaction } from '#database/open.ts'
import type { Clock } from '#kernel/clock.ts'
import { type ConfirmNetworkRoutesDeps, confirmNetworkRoutes } from './confirm-network.routes.tsx'
import type { PendingLinkStore } from './pending-link.store.ts'

type TidyDeps = {
  readonly clock: Clock
  readonly inTransaction: InTransaction<{ readonly pendingLinks: PendingLinkStore }>
}

/** Links between identities at networks and profiles. */
export function networkLink(deps: ConfirmNetworkRoutesDeps & { readonly useCases: TidyDeps }) {
  return {
    routes: (app: FastifyInstance) => confirmNetworkRoutes(app, deps),
    tidy: () => tidy(deps.useCases),
  }
}

function tidy({ clock, inTransaction }: TidyDeps): Promise<void> {
  return inTransaction(({ pendingLinks }) => pendingLinks.deletePast(clock.now()))
}
