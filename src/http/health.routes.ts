import type { FastifyInstance } from 'fastify'
import { paths } from '#ui/paths.ts'

/**
 * For load balancers, by whatever name they ask.
 * @param ask rejects while the database does not answer
 */
export function healthRoutes(app: FastifyInstance, ask: () => Promise<unknown>): void {
  app.get(paths.healthLive, { config: { anyHost: true } }, async () => ({ status: 'live' }))
  app.get(paths.healthReady, { config: { anyHost: true } }, async () => {
    await ask()
    return { status: 'ready' }
  })
}
