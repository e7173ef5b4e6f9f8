import type { FastifyInstance } from 'fastify'
import { type StepUpRoutesDeps, stepUpReturn, stepUpRoutes } from './step-up.routes.tsx'

/** A fresh proof before a change that matters. */
export function stepUp(deps: StepUpRoutesDeps) {
  return { routes: (app: FastifyInstance) => stepUpRoutes(app, deps), networkReturn: stepUpReturn(deps) }
}
