import type { FastifyInstance } from 'fastify'
import { httpProblem } from '#http/index.ts'
import { sameSecret } from '#kernel/secret.ts'
import type { Exposition } from '#metrics/index.ts'
import { paths } from '#ui/paths.ts'

export type MetricsRoutesDeps = {
  readonly expose: Exposition
  /** The bearer token required. Without one, metrics are only served in development. */
  readonly token: string | undefined
  readonly development: boolean
}

/** `GET /metrics`, with a bearer token (RFC 6750, 2.1). */
export function metricsRoutes(app: FastifyInstance, { expose, token, development }: MetricsRoutesDeps): void {
  app.get(paths.metrics, { config: { anyHost: true } }, async (request, reply) => {
    if (token === undefined && !development) throw httpProblem('http.not-found')
    reply.header('cache-control', 'no-store')
    if (token !== undefined && !sameSecret(request.headers.authorization ?? '', `Bearer ${token}`)) {
      return reply.status(401).header('www-authenticate', 'Bearer').type('text/plain').send('a token is needed\n')
    }
    const { type, body } = await expose()
    return reply.type(type).send(body)
  })
}
