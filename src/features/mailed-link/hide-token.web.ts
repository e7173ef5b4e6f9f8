import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Cookies } from '#http/index.ts'

const keptForSeconds = 3600

/**
 * Moves the token from the URL into a short-lived cookie for one redirect, so that it does not end up in the history,
 * the Referer header or a log (RST-8). The page puts it into its form, so that several tabs do not interfere.
 */
export function hideToken(cookies: Cookies, request: FastifyRequest, reply: FastifyReply, path: string): FastifyReply {
  const { token } = request.query as { token?: unknown }
  if (typeof token === 'string' && token.length <= 200) cookies.set(reply, 'link', token, keptForSeconds)
  else cookies.clear(reply, 'link')
  return reply.header('cache-control', 'no-store').redirect(path, 303)
}
