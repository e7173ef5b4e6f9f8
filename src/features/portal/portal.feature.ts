import type { FastifyInstance } from 'fastify'
import { type PortalRoutesDeps, portalRoutes } from './portal.routes.tsx'

/** The list of portals, the applications that a profile gives access to. */
export function portal(deps: PortalRoutesDeps) {
  return { routes: (app: FastifyInstance) => portalRoutes(app, deps) }
}
