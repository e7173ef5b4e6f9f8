import type { FastifyInstance } from 'fastify'
import { day } from '#kernel/duration.ts'
import { type FederationRoutesDeps, federationRoutes } from './federation.routes.ts'

/** Failed attempts are kept this long, so that their pages can explain them. */
const explainedFor = day

/** The trip to a network and back. */
export function federation(deps: FederationRoutesDeps) {
  const { clock, inTransaction } = deps.useCases
  return {
    routes: (app: FastifyInstance) => federationRoutes(app, deps),
    tidy: () => inTransaction(({ attempts }) => attempts.deletePast(clock.now() - explainedFor)),
  }
}
