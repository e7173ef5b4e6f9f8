import { AsyncLocalStorage } from 'node:async_hooks'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Session } from '../features/session/index.ts'
import type { Artifact, ArtifactStore } from './artifact.store.ts'

/** One write of the engine, kept until its request is about to be answered. */
export type Write =
  | { readonly kind: 'upsert'; readonly artifact: Artifact }
  | { readonly kind: 'consume'; readonly model: string; readonly id: string; readonly at: number }
  | { readonly kind: 'delete'; readonly model: string; readonly id: string }
  | { readonly kind: 'delete-of-grant'; readonly model: string; readonly grantId: string }

/** What the engine's callbacks need to know of the request they run in. */
export type EngineRequest = {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  /** The account's session in this browser; the engine has no session without it. */
  readonly session: Session | undefined
  readonly writes: Write[]
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

/** The request the engine is answering, if it was called for one. */
export function currentRequest(): FastifyRequest | undefined {
  return running.getStore()?.request
}

/** Somebody else used the code or token in the moment between reading and writing it. */
export class AlreadyConsumed extends Error {}

/**
 * Everything that one request of the engine writes, in one transaction: a crash leaves all of it or nothing, and the
 * answer leaves only after it. A consume that comes too late undoes the rest.
 * @throws AlreadyConsumed
 */
export async function applyWrites(artifacts: ArtifactStore, writes: readonly Write[]): Promise<void> {
  for (const write of writes) {
    if (write.kind === 'upsert') await artifacts.upsert(write.artifact)
    else if (write.kind === 'delete') await artifacts.delete(write.model, write.id)
    else if (write.kind === 'delete-of-grant') await artifacts.deleteOfGrant(write.model, write.grantId)
    else if (!(await artifacts.consume(write.model, write.id, write.at))) throw new AlreadyConsumed()
  }
}
