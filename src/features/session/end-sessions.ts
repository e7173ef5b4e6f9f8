import { type AuditStore, type RecordDeps, record } from '#features/audit/index.ts'
import type { AccountId, SessionId } from '#kernel/id.ts'
import type { SessionStore } from './session.store.ts'

/**
 * What else hangs on a session and must end with it, in the same transaction: the engine's sessions, grants and tokens,
 * and the word to the portals. A port, since the engine stands above this feature.
 */
export type OnSessionsEnded = (ended: readonly SessionId[]) => Promise<void>

export type EndSessionsStores = {
  readonly audit: AuditStore
  readonly onSessionsEnded: OnSessionsEnded
  readonly sessions: SessionStore
}

/** Ends one session of the account. @returns whether there was one */
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

/** Ends all sessions of the account, or all but one. */
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
