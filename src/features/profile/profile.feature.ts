import type { FastifyInstance } from 'fastify'
import { linkReturn, type ProfileRoutesDeps, profileRoutes } from './profile.routes.tsx'

/** The pages of the Network profile. */
export function profile(deps: ProfileRoutesDeps) {
  return { routes: (app: FastifyInstance) => profileRoutes(app, deps), networkReturn: linkReturn(deps) }
}
