import type { Adapter, AdapterPayload } from 'oidc-provider'
import type { Clock } from '#kernel/clock.ts'
import { second } from '#kernel/duration.ts'
import type { Secrets } from '#kernel/secret.ts'
import type { Artifact, ArtifactStore } from './artifact.store.ts'
import type { ClientMetadata } from './clients.ts'
import { engineRequest } from './engine-request.ts'

export type AdapterDeps = {
  readonly clock: Clock
  readonly secrets: Secrets
  readonly artifacts: ArtifactStore
  readonly findClient: (id: string) => Promise<ClientMetadata | undefined>
}

/** Models that end with the account's session. */
const boundToSession = new Set(['Session', 'Grant'])

/** The engine names them after its classes: a bundler that renamed one would take a rule below away unseen. */
const artifactModels = new Set([
  ...boundToSession,
  'AccessToken',
  'AuthorizationCode',
  'Interaction',
  'PushedAuthorizationRequest',
  'RefreshToken',
  'ReplayDetection',
])

/**
 * A portal that refreshes in two places at once, or did not get the answer, comes with the same token again; for this
 * long it gets the same successor again. Later it is somebody else (RFC 9700, 4.14; decision D9).
 */
const refreshGrace = 30 * second

/** The engine's storage: our tables, its writes collected for one transaction a request. */
export function adapterFactory(deps: AdapterDeps): (model: string) => Adapter {
  return (model) => {
    if (model === 'Client') return clientAdapter(deps)
    if (!artifactModels.has(model)) throw new Error(`the engine stores a ${model}, which we know nothing of`)
    return artifactAdapter(deps, model)
  }
}

function clientAdapter(deps: AdapterDeps): Adapter {
  const refuse = async () => {
    throw new Error('portals are registered by the operator')
  }
  return {
    find: async (id) => (await deps.findClient(id)) as AdapterPayload | undefined,
    findByUid: async () => undefined,
    findByUserCode: async () => undefined,
    upsert: refuse,
    consume: refuse,
    destroy: refuse,
    revokeByGrantId: refuse,
  }
}

function artifactAdapter(deps: AdapterDeps, model: string): Adapter {
  const hash = (id: string) => deps.secrets.keyed('engine-token', `${model} ${id}`)
  const sessionBound = boundToSession.has(model)
  const grace = model === 'RefreshToken' ? refreshGrace : 0

  // What this request has already written counts as if it were stored.
  const written = (id: string): Artifact | 'deleted' | undefined => {
    const write = engineRequest().writes.findLast((each) =>
      each.kind === 'upsert'
        ? each.artifact.model === model && each.artifact.id === id
        : each.kind === 'delete' && each.model === model && each.id === id,
    )
    if (!write) return undefined
    return write.kind === 'upsert' ? write.artifact : 'deleted'
  }
  const alive = (artifact: Artifact | 'deleted' | undefined, jti: string | undefined): AdapterPayload | undefined => {
    if (artifact === undefined || artifact === 'deleted') return undefined
    if (artifact.expiresAt !== null && artifact.expiresAt <= deps.clock.now()) return undefined
    const isSpent = artifact.consumedAt !== null && artifact.consumedAt <= deps.clock.now() - grace
    const consumed = isSpent ? { consumed: Math.floor(Number(artifact.consumedAt) / second) } : {}
    return { ...artifact.payload, ...(jti !== undefined && { jti }), ...consumed }
  }

  return {
    find: async (jti) => {
      const id = hash(jti)
      const artifact = written(id) ?? (await deps.artifacts.find(model, id))
      // The engine's session exists for the account's session it was made with and for no other (OP-9).
      const owner = artifact && artifact !== 'deleted' ? artifact.sessionId : null
      if (model === 'Session' && owner !== (engineRequest().session?.id ?? null)) return undefined
      return alive(artifact, jti)
    },
    findByUid: async (uid) => alive(await deps.artifacts.findByUid(model, uid), undefined),
    findByUserCode: async () => undefined,
    upsert: async (jti, payload, expiresIn) => {
      const { session, writes } = engineRequest()
      // The account's session ended or became another person's while the engine was asking.
      if (model === 'Session' && payload.accountId !== undefined && payload.accountId !== session?.accountId) return
      const now = deps.clock.now()
      const { jti: _secret, ...stored } = payload
      const artifact: Artifact = {
        model,
        id: hash(jti),
        payload: stored,
        // A question outlives the grant that was there when it was asked: whoever answers may be somebody else.
        grantId: model === 'Interaction' ? null : (payload.grantId ?? null),
        // A grant's own identifier is what codes and tokens name it by.
        uid: model === 'Grant' ? jti : ((payload.uid as string | undefined) ?? null),
        sessionId: sessionBound ? (session?.id ?? null) : null,
        createdAt: now,
        consumedAt: null,
        expiresAt: expiresIn ? now + expiresIn * second : null,
      }
      writes.push({ kind: model === 'ReplayDetection' ? 'once' : 'upsert', artifact })
    },
    consume: async (jti) => {
      engineRequest().writes.push({ kind: 'consume', model, id: hash(jti), at: deps.clock.now(), grace })
    },
    destroy: async (jti) => {
      engineRequest().writes.push({ kind: 'delete', model, id: hash(jti) })
    },
    revokeByGrantId: async (grantId) => {
      engineRequest().writes.push({ kind: 'delete-of-grant', model, grantId })
    },
  }
}
