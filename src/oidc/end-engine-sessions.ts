import type { OnSessionsEnded } from '#features/session/index.ts'
import { day } from '#kernel/duration.ts'
import type { SessionId } from '#kernel/id.ts'
import { channel, type EnqueueDeps, enqueue, type OutboxStore } from '#outbox/index.ts'
import type { ArtifactStore } from './artifact.store.ts'

/** A back-channel logout (OpenID Connect Back-Channel Logout 1.0): the portal, the account and the portal's session. */
export type Logout = { readonly clientId: string; readonly subject: string; readonly sid: string }

export const logout = channel<Logout>('logout', 'servers')

type Authorizations = Readonly<Record<string, { readonly sid?: string }>>

/** Sessions per query. */
const batchSize = 500
/** How long the outbox retries a back-channel logout. */
const retriedFor = day

/**
 * Ends what depends on an account's session: the engine's session, its grants with their codes and tokens, and the
 * sessions at the portals, through the outbox (OpenID Connect Back-Channel Logout 1.0).
 */
export function endEngineSessions(
  deps: EnqueueDeps,
  stores: { readonly artifacts: ArtifactStore; readonly outbox: OutboxStore },
): OnSessionsEnded {
  const enqueueLogout = async (clientId: string, subject: string, sid: string) => {
    await enqueue(deps, stores.outbox, logout, { clientId, subject, sid }, deps.clock.now() + retriedFor)
  }
  const endBatch = async (ended: readonly SessionId[]) => {
    for (const { payload } of await stores.artifacts.listSessions(ended)) {
      const authorizations = (payload.authorizations ?? {}) as Authorizations
      for (const [clientId, { sid }] of Object.entries(authorizations)) {
        if (sid && typeof payload.accountId === 'string') await enqueueLogout(clientId, payload.accountId, sid)
      }
    }
    await stores.artifacts.deleteOfSessions(ended)
  }
  return async (ended: readonly SessionId[]) => {
    for (let first = 0; first < ended.length; first += batchSize) await endBatch(ended.slice(first, first + batchSize))
  }
}
