import type { FastifyInstance } from 'fastify'
import { type SignOutRoutesDeps, signOutRoutes } from './sign-out.routes.tsx'

/** Signing out of this browser and all its portals. */
export function signOut(deps: SignOutRoutesDeps) {
  return { routes: (app: FastifyInstance) => signOutRoutes(app, deps) }
}
