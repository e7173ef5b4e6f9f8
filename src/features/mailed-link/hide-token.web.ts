import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Cookies } from '#http/index.ts'

const keptForSeconds = 3600

/**
 * Takes the token out of the address at once: a short cookie carries it over one redirect, so that it stands in no
 * history, no Referer and no log (RST-8). The page puts it into its form, where several tabs do not meet.
 */
export function hideToken(cookies: Cookies, request: FastifyRequest, reply: FastifyReply, path: string): FastifyReply {
  const { token } = request.query as { token?: unknown }
  if (typeof token === 'string' && token.length <= 200) cookies.set(reply, 'link', token, keptForSeconds)
  else cookies.clear(reply, 'link')
  return reply.header('cache-control', 'no-store').redirect(path, 303)
}
