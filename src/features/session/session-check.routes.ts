import { type Cookies, cookieOf, type FastAnswer, type FastPath } from '#http/index.ts'
import { second } from '#kernel/duration.ts'
import { paths } from '#ui/paths.ts'
import { type CheckSessionDeps, touch } from './check-session.ts'
import { amrOf, authTime } from './proof.ts'
import { seenResolution } from './session.ts'
import type { CheckedSession, SessionCheckStore } from './session-check.store.ts'

export type SessionCheckDeps = CheckSessionDeps & { readonly sessionCheck: SessionCheckStore }

const unauthenticated = JSON.stringify({
  type: 'urn:einlass:problem:session.none',
  title: 'session.none',
  status: 401,
  code: 'session.none',
})

/**
 * `GET /api/session`: the session check, for services behind the same host. The most frequent request, so it is answered
 * before the web framework sees it (docs/decisions/0004).
 */
export function sessionCheckRoute(fastPath: FastPath, deps: SessionCheckDeps, cookies: Cookies): void {
  const name = cookies.name('session')
  const answer = (session: CheckedSession | undefined, now: number): FastAnswer | Promise<FastAnswer> => {
    if (!session) return { status: 401, type: 'application/problem+json', body: unauthenticated }
    const ok = { status: 200, type: 'application/json', body: toJson(session) }
    if (now - session.lastSeenAt <= seenResolution) return ok
    return touch(deps, session.sessionId, now).then(() => ok)
  }
  fastPath.set(`GET ${paths.sessionCheck}`, (request) => {
    const token = cookieOf(request.headers.cookie, name)
    if (!token) return answer(undefined, 0)
    const now = deps.clock.now()
    const session = deps.sessionCheck.check(deps.secrets.hash('session', token), now)
    return session instanceof Promise ? session.then((checked) => answer(checked, now)) : answer(session, now)
  })
}

function toJson(session: CheckedSession): string {
  return JSON.stringify({
    subject: session.accountId,
    name: session.name,
    identifiers: session.identifiers.map(({ kind, canonical }) => ({ kind, value: canonical })),
    amr: amrOf(session.proofs),
    auth_time: authTime(session.proofs),
    expires_at: Math.floor(session.endsAt / second),
  })
}
