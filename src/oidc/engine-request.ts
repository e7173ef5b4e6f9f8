import { AsyncLocalStorage } from 'node:async_hooks'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Session, SessionStore } from '#features/session/index.ts'
import type { SessionId } from '#kernel/id.ts'
import type { Artifact, ArtifactStore } from './artifact.store.ts'

/** A write of the engine, held back until its request is about to be answered. */
export type Write =
  | { readonly kind: 'upsert'; readonly artifact: Artifact }
  /** Fails if it exists already, such as the record of a one-time DPoP proof. */
  | { readonly kind: 'insert-new'; readonly artifact: Artifact }
  | {
      readonly kind: 'consume'
      readonly model: string
      readonly id: string
      readonly at: number
      readonly grace: number
    }
  | { readonly kind: 'delete'; readonly model: string; readonly id: string }
  | { readonly kind: 'delete-of-grant'; readonly model: string; readonly grantId: string }

/** The request context for the engine's callbacks. */
export type EngineRequest = {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  /** The account's session in this browser; the engine has no session without it. */
  readonly session: Session | undefined
  readonly writes: Write[]
  readonly reads: Map<string, Promise<unknown>>
}

const running = new AsyncLocalStorage<EngineRequest>()

export function runEngineRequest<T>(request: EngineRequest, work: () => Promise<T>): Promise<T> {
  return running.run(request, work)
}

export function engineRequest(): EngineRequest {
  const request = running.getStore()
  if (!request) throw new Error('the engine was called outside a request')
  return request
}

/** A cache for one request: the engine reads the same rows several times. */
export function readOnce<Row>(name: string, read: () => Promise<Row>): Promise<Row> {
  const reads = running.getStore()?.reads
  const known = reads?.get(name) as Promise<Row> | undefined
  if (known !== undefined) return known
  const row = read()
  reads?.set(name, row)
  return row
}

/** The request that the engine is answering, if any. */
export function currentRequest(): FastifyRequest | undefined {
  return running.getStore()?.request
}

/** Runs work outside the context of the request that caused it. */
export function outsideRequests<T>(work: () => Promise<T>): Promise<T> {
  return running.exit(work)
}

/** A race: another request used the code, token or proof between our read and our write. */
export class AlreadyConsumed extends Error {}

/** The account's session ended while the engine was handling the request. */
export class SessionEnded extends Error {}

/**
 * Applies all writes of one engine request in one transaction, before the response is sent. If a consume loses the
 * race, everything is rolled back.
 * @throws AlreadyConsumed, SessionEnded
 */
export async function applyWrites(stores: WriteStores, writes: readonly Write[]): Promise<void> {
  for (const sessionId of sessionsOf(writes)) {
    if (!(await stores.sessions.lock(sessionId))) throw new SessionEnded()
  }
  const { artifacts } = stores
  for (const write of await mergeSessions(artifacts, writes)) {
    if (write.kind === 'upsert') await artifacts.upsert(write.artifact)
    else if (write.kind === 'insert-new') {
      if (!(await artifacts.insertNew(write.artifact))) throw new AlreadyConsumed()
    } else if (write.kind === 'delete') await artifacts.delete(write.model, write.id)
    else if (write.kind === 'delete-of-grant') await artifacts.deleteOfGrant(write.model, write.grantId)
    else if (!(await artifacts.consume(write.model, write.id, write.at, write.grace))) {
      throw new AlreadyConsumed()
    }
  }
}

export type WriteStores = {
  readonly artifacts: ArtifactStore
  readonly sessions: Pick<SessionStore, 'lock'>
}

function sessionsOf(writes: readonly Write[]): ReadonlySet<SessionId> {
  return new Set(writes.flatMap((write) => (write.kind === 'upsert' ? (write.artifact.sessionId ?? []) : [])))
}

/**
 * The engine reads its session, adds a portal and writes it back. Meanwhile another tab may have added a portal, or the
 * session id may have changed. Merges both, so that no portal is lost and the session stays one row.
 */
async function mergeSessions(artifacts: ArtifactStore, writes: readonly Write[]): Promise<readonly Write[]> {
  const merged: Write[] = []
  for (const write of writes) {
    if (write.kind !== 'upsert' || write.artifact.model !== 'Session' || !write.artifact.uid) {
      merged.push(write)
      continue
    }
    const { artifact } = write
    const stored = await artifacts.findByUid('Session', write.artifact.uid)
    if (stored && stored.id !== artifact.id) merged.push({ kind: 'delete', model: 'Session', id: stored.id })
    const authorizations = {
      ...(stored?.payload.authorizations as object),
      ...(artifact.payload.authorizations as object),
    }
    merged.push({ kind: 'upsert', artifact: { ...artifact, payload: { ...artifact.payload, authorizations } } })
  }
  return merged
}
