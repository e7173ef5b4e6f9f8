import type { FastifyInstance } from 'fastify'
import { type PortalRoutesDeps, portalRoutes } from './portal.routes.tsx'

/** The applications that a profile opens. */
export function portal(deps: PortalRoutesDeps) {
  return { routes: (app: FastifyInstance) => portalRoutes(app, deps) }
}
