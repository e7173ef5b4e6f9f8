import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** Our cookies, by purpose. */
export type CookieUse = 'browser' | 'session' | 'known' | 'language' | 'link'

type Settings = Parameters<FastifyInstance['serializeCookie']>[2]

export type Cookies = {
  readonly name: (use: CookieUse) => string
  readonly read: (request: FastifyRequest, use: CookieUse) => string | undefined
  /** @param maxAge seconds; without it the cookie lasts until the browser closes */
  readonly set: (reply: FastifyReply, use: CookieUse, value: string, maxAge?: number) => void
  readonly clear: (reply: FastifyReply, use: CookieUse) => void
}

/** Over https every name begins with `__Host-`, so that no subdomain or http page can set one (SES-4). */
export function createCookies(secure: boolean): Cookies {
  const name = (use: CookieUse) => (secure ? `__Host-einlass-${use}` : `einlass-${use}`)
  const options = { path: '/', httpOnly: true, secure, sameSite: 'lax' } as const
  // Set on the header at once: the engine bypasses the framework, which would add cookies only when it sends the reply.
  const write = (reply: FastifyReply, use: CookieUse, value: string, settings: Settings) => {
    reply.header('set-cookie', reply.server.serializeCookie(name(use), value, settings))
  }
  return {
    name,
    read: (request, use) => request.cookies[name(use)],
    set: (reply, use, value, maxAge) =>
      write(reply, use, value, maxAge === undefined ? options : { ...options, maxAge }),
    clear: (reply, use) => write(reply, use, '', { ...options, expires: new Date(0), maxAge: 0 }),
  }
}
