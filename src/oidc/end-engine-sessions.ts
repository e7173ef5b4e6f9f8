import type { OnSessionsEnded } from '#features/session/index.ts'
import { day } from '#kernel/duration.ts'
import type { SessionId } from '#kernel/id.ts'
import { channel, type EnqueueDeps, enqueue, type OutboxStore } from '#outbox/index.ts'
import type { ArtifactStore } from './artifact.store.ts'

/** OpenID Connect Back-Channel Logout 1.0: which portal is told about which session of whom. */
export type Logout = { readonly clientId: string; readonly subject: string; readonly sid: string }

export const logout = channel<Logout>('logout', 'servers')

type Authorizations = Readonly<Record<string, { readonly sid?: string }>>

/** Sessions that one query names. */
const atOnce = 500
/** How long a portal that does not answer is told again. */
const toldFor = day

/**
 * What ends with an account's session: the engine's session, its grants with every code and token, and the sessions at
 * the portals, which the outbox tells (OpenID Connect Back-Channel Logout 1.0).
 */
export function endEngineSessions(
  deps: EnqueueDeps,
  stores: { readonly artifacts: ArtifactStore; readonly outbox: OutboxStore },
): OnSessionsEnded {
  const tell = async (clientId: string, subject: string, sid: string) => {
    await enqueue(deps, stores.outbox, logout, { clientId, subject, sid }, deps.clock.now() + toldFor)
  }
  const endSome = async (ended: readonly SessionId[]) => {
    for (const { payload } of await stores.artifacts.listSessions(ended)) {
      const authorizations = (payload.authorizations ?? {}) as Authorizations
      for (const [clientId, { sid }] of Object.entries(authorizations)) {
        if (sid && typeof payload.accountId === 'string') await tell(clientId, payload.accountId, sid)
      }
    }
    await stores.artifacts.deleteOfSessions(ended)
  }
  return async (ended: readonly SessionId[]) => {
    for (let first = 0; first < ended.length; first += atOnce) await endSome(ended.slice(first, first + atOnce))
  }
}
