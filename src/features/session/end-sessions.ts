import { type AuditStore, type RecordDeps, record } from '#features/audit/index.ts'
import type { AccountId, SessionId } from '#kernel/id.ts'
import type { SessionStore } from './session.store.ts'

/**
 * Ends everything that depends on a session, in the same transaction: the engine's sessions, grants and tokens, and the
 * sign-in at the portals (back-channel logout). A port, because the engine is above this feature.
 */
export type OnSessionsEnded = (ended: readonly SessionId[]) => Promise<void>

export type EndSessionsStores = {
  readonly audit: AuditStore
  readonly onSessionsEnded: OnSessionsEnded
  readonly sessions: SessionStore
}

/** Ends one session of the account. @returns whether it existed */
export async function endSession(
  deps: RecordDeps,
  stores: EndSessionsStores,
  accountId: AccountId,
  id: SessionId,
): Promise<boolean> {
  const ended = await stores.sessions.delete(id, accountId)
  if (!ended) return false
  await stores.onSessionsEnded([id])
  await record(deps, stores.audit, { event: 'session.ended', accountId })
  return true
}

/** Ends all sessions of the account, optionally except one. */
export async function endAllSessions(
  deps: RecordDeps,
  stores: EndSessionsStores,
  accountId: AccountId,
  except?: SessionId,
): Promise<void> {
  const ended = await stores.sessions.deleteOfAccount(accountId, except)
  await stores.onSessionsEnded(ended)
  await record(deps, stores.audit, { event: 'session.all-ended', accountId, details: { ended: ended.length } })
}
