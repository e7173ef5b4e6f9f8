import type { FastifyInstance } from 'fastify'

/**
 * For load balancers, by whatever name they ask.
 * @param ask rejects while the database does not answer
 */
export function healthRoutes(app: FastifyInstance, ask: () => Promise<unknown>): void {
  app.get('/health/live', { config: { anyHost: true } }, async () => ({ status: 'live' }))
  app.get('/health/ready', { config: { anyHost: true } }, async () => {
    await ask()
    return { status: 'ready' }
  })
}
