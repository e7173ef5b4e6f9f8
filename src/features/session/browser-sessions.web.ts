import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Cookies, clientNetwork, deviceOf, setPersonal } from '#http/index.ts'
import type { Browser, StartedSession } from './browser.ts'
import { type CheckSessionDeps, checkSession } from './check-session.ts'
import type { Session } from './session.ts'
import { sessionProblem } from './session-problem.ts'

/** Reads and writes the session cookies of a browser, for routes. */
export type BrowserSessions = {
  readonly find: (request: FastifyRequest) => Promise<Session | undefined>
  /** @throws Problem `session.none` */
  readonly require: (request: FastifyRequest) => Promise<Session>
  /** Device, client network and cookies of the browser, and its current session. */
  readonly browser: (request: FastifyRequest) => Promise<Browser>
  readonly knownToken: (request: FastifyRequest) => string | undefined
  /** Sets the cookies of a new session. */
  readonly keep: (reply: FastifyReply, started: StartedSession) => void
  /** Replaces the session cookie after a step-up. */
  readonly renew: (reply: FastifyReply, token: string) => void
  /** Clears the session's cookies. The browser stays known to the account. */
  readonly forget: (reply: FastifyReply) => void
}

const knownForSeconds = 365 * 24 * 3600
const keptForSeconds = 30 * 24 * 3600

export function browserSessions(deps: CheckSessionDeps, cookies: Cookies): BrowserSessions {
  const find = (request: FastifyRequest) => checkSession(deps, cookies.read(request, 'session'))
  const renew = (reply: FastifyReply, token: string) => {
    setPersonal(reply)
    cookies.set(reply, 'session', token, keptForSeconds)
  }
  const hashOf = (token: string | undefined) => token && deps.secrets.hash('browser', token)
  return {
    find,
    require: async (request) => {
      const session = await find(request)
      if (!session) throw sessionProblem('session.none')
      return session
    },
    browser: async (request) => ({
      device: deviceOf(request),
      clientNetwork: clientNetwork(request.ip),
      knownToken: cookies.read(request, 'known'),
      browserHash: hashOf(cookies.read(request, 'browser')),
      session: await find(request),
    }),
    knownToken: (request) => cookies.read(request, 'known'),
    keep: (reply, started) => {
      renew(reply, started.token)
      cookies.set(reply, 'known', started.knownToken, knownForSeconds)
    },
    renew,
    forget: (reply) => {
      cookies.clear(reply, 'session')
      cookies.clear(reply, 'browser')
    },
  }
}
