import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  type Cookies,
  clientNetwork,
  cookieOf,
  deviceOf,
  type Plain,
  type PlainAnswer,
  setPersonal,
} from '#http/index.ts'
import { second } from '#kernel/duration.ts'
import { type CheckSessionDeps, checkSession, touch } from './check-session.ts'
import { amrOf, authTime } from './proof.ts'
import { type Session, seenResolution } from './session.ts'
import type { CheckedSession, SessionCheckStore } from './session-check.store.ts'
import type { Browser, StartedSession } from './start-session.ts'
import { sessionProblem } from './strengthen-session.ts'

/** How routes read and write who is signed in in this browser. */
export type BrowserSessions = {
  readonly find: (request: FastifyRequest) => Promise<Session | undefined>
  /** @throws Problem `session.none` */
  readonly require: (request: FastifyRequest) => Promise<Session>
  /** What is known of the browser, its present session included. */
  readonly browser: (request: FastifyRequest) => Promise<Browser>
  readonly knownToken: (request: FastifyRequest) => string | undefined
  /** Sets the cookies of a session that began. */
  readonly keep: (reply: FastifyReply, started: StartedSession) => void
  /** Exchanges the session's cookie after a step-up. */
  readonly renew: (reply: FastifyReply, token: string) => void
  /** Takes all that was this person's out of the browser; that it is known to the account stays. */
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

export type SessionCheckDeps = CheckSessionDeps & { readonly sessionCheck: SessionCheckStore }

const unauthenticated = JSON.stringify({
  type: 'urn:einlass:problem:session.none',
  title: 'session.none',
  status: 401,
  code: 'session.none',
})

/**
 * `GET /api/session`: the session check, for whatever stands behind the same host. Answered before the framework sees
 * it, since nothing else is asked as often (docs/decisions/0004).
 */
export function answerSessionCheck(deps: SessionCheckDeps, cookies: Cookies): PlainAnswer {
  const name = cookies.name('session')
  const answer = (session: CheckedSession | undefined, now: number): Plain | Promise<Plain> => {
    if (!session) return { status: 401, type: 'application/problem+json', body: unauthenticated }
    const plain = { status: 200, type: 'application/json', body: told(session) }
    if (now - session.lastSeenAt <= seenResolution) return plain
    return touch(deps, session.sessionId, now).then(() => plain)
  }
  return (request) => {
    const token = cookieOf(request.headers.cookie, name)
    if (!token) return answer(undefined, 0)
    const now = deps.clock.now()
    const session = deps.sessionCheck.check(deps.secrets.hash('session', token), now)
    return session instanceof Promise ? session.then((found) => answer(found, now)) : answer(session, now)
  }
}

function told(session: CheckedSession): string {
  return JSON.stringify({
    subject: session.accountId,
    name: session.name,
    identifiers: session.identifiers.map(({ kind, canonical }) => ({ kind, value: canonical })),
    amr: amrOf(session.proofs),
    auth_time: authTime(session.proofs),
    expires_at: Math.floor(session.endsAt / second),
  })
}
