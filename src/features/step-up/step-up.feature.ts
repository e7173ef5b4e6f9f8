import type { FastifyInstance } from 'fastify'
import { type StepUpRoutesDeps, stepUpReturn, stepUpRoutes } from './step-up.routes.tsx'

/** Step-up: a fresh proof before a sensitive change. */
export function stepUp(deps: StepUpRoutesDeps) {
  return { routes: (app: FastifyInstance) => stepUpRoutes(app, deps), networkReturn: stepUpReturn(deps) }
}
