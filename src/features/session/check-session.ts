import type { InTransaction } from '#database/open.ts'
import type { Clock } from '#kernel/clock.ts'
import type { SessionId } from '#kernel/id.ts'
import type { Secrets } from '#kernel/secret.ts'
import type { SessionStore } from './session.store.ts'
import { idleLimit, type Session, seenResolution } from './session.ts'

export type CheckSessionDeps = {
  readonly clock: Clock
  readonly secrets: Secrets
  readonly read: { readonly sessions: SessionStore }
  readonly inTransaction: InTransaction<{ readonly sessions: SessionStore }>
}

/** The session of a cookie value, unless it has expired. */
export async function checkSession(deps: CheckSessionDeps, token: string | undefined): Promise<Session | undefined> {
  if (!token) return undefined
  const now = deps.clock.now()
  const session = await deps.read.sessions.findByToken(deps.secrets.hash('session', token), now)
  if (session && now - session.lastSeenAt > seenResolution) {
    await touch(deps, session.id, now)
  }
  return session
}

/** Updates the last-seen time. Callers do so at most once in `seenResolution`, so that most checks do not write. */
export async function touch(deps: CheckSessionDeps, id: SessionId, now: number): Promise<void> {
  await deps.inTransaction((stores) => stores.sessions.touch(id, now, now + idleLimit))
}
