import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Cookies, clientNetwork, deviceOf } from '../../http/index.ts'
import type { AccountId } from '../../kernel/id.ts'
import type { Identifier } from '../account/index.ts'
import { type CheckSessionDeps, checkSession } from './check-session.ts'
import { amrOf, authTime } from './proof.ts'
import type { Session } from './session.ts'
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
  readonly forget: (reply: FastifyReply) => void
}

const knownForSeconds = 365 * 24 * 3600
const keptForSeconds = 30 * 24 * 3600

export function browserSessions(deps: CheckSessionDeps, cookies: Cookies): BrowserSessions {
  const find = (request: FastifyRequest) => checkSession(deps, cookies.read(request, 'session'))
  const renew = (reply: FastifyReply, token: string) => cookies.set(reply, 'session', token, keptForSeconds)
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
    forget: (reply) => cookies.clear(reply, 'session'),
  }
}

export type WhoIs = (
  accountId: AccountId,
) => Promise<
  { readonly name: string; readonly identifiers: readonly Pick<Identifier, 'kind' | 'canonical'>[] } | undefined
>

/** `GET /api/session`: the session check, for whatever stands behind the same host. */
export function sessionRoutes(app: FastifyInstance, sessions: BrowserSessions, whoIs: WhoIs): void {
  app.get('/api/session', async (request, reply) => {
    const session = await sessions.require(request)
    const person = await whoIs(session.accountId)
    if (!person) throw sessionProblem('session.none')
    reply.header('cache-control', 'no-store, private')
    return {
      subject: session.accountId,
      name: person.name,
      identifiers: person.identifiers.map(({ kind, canonical }) => ({ kind, value: canonical })),
      amr: amrOf(session.proofs),
      auth_time: authTime(session.proofs),
      expires_at: Math.floor(Math.min(session.expiresAt, session.idleExpiresAt) / 1000),
    }
  })
}
