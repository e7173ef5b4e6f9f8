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

/** The engine names models after its classes. If a bundler renamed one, a rule below would silently stop applying. */
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
 * A portal that refreshes from two processes at once, or lost the response, sends the same token again. Within this
 * time it gets the same successor; later reuse counts as theft (RFC 9700, 4.14; decision D9).
 */
const refreshGrace = 30 * second

/** The engine's storage: our tables. Writes are collected and committed in one transaction per request. */
export function adapterFactory(deps: AdapterDeps): (model: string) => Adapter {
  return (model) => {
    if (model === 'Client') return clientAdapter(deps)
    if (!artifactModels.has(model)) throw new Error(`the engine stores an unknown model: ${model}`)
    return artifactAdapter(deps, model)
  }
}

function clientAdapter(deps: AdapterDeps): Adapter {
  const refuse = async () => {
    throw new Error('only an operator registers portals')
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

  // Read your own writes: what this request has written is not in the database yet.
  const written = (id: string): Artifact | 'deleted' | undefined => {
    const write = engineRequest().writes.findLast((each) =>
      each.kind === 'upsert'
        ? each.artifact.model === model && each.artifact.id === id
        : each.kind === 'delete' && each.model === model && each.id === id,
    )
    if (!write) return undefined
    return write.kind === 'upsert' ? write.artifact : 'deleted'
  }
  const livePayload = (artifact: Artifact | 'deleted' | undefined, jti?: string): AdapterPayload | undefined => {
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
      // The engine's session is valid only with the account's session that it was created with (OP-9).
      const owner = artifact && artifact !== 'deleted' ? artifact.sessionId : null
      if (model === 'Session' && owner !== (engineRequest().session?.id ?? null)) return undefined
      return livePayload(artifact, jti)
    },
    findByUid: async (uid) => livePayload(await deps.artifacts.findByUid(model, uid)),
    findByUserCode: async () => undefined,
    upsert: async (jti, payload, expiresIn) => {
      const { session, writes } = engineRequest()
      // The account's session ended, or another person signed in, while the interaction was pending.
      if (model === 'Session' && payload.accountId !== undefined && payload.accountId !== session?.accountId) return
      const now = deps.clock.now()
      const { jti: _secret, ...stored } = payload
      const artifact: Artifact = {
        model,
        id: hash(jti),
        payload: stored,
        // An interaction outlives the grant it began with: a different person may complete it.
        grantId: model === 'Interaction' ? null : (payload.grantId ?? null),
        // Codes and tokens refer to a grant by its own identifier.
        uid: model === 'Grant' ? jti : ((payload.uid as string | undefined) ?? null),
        sessionId: sessionBound ? (session?.id ?? null) : null,
        createdAt: now,
        consumedAt: null,
        expiresAt: expiresIn ? now + expiresIn * second : null,
      }
      writes.push({ kind: model === 'ReplayDetection' ? 'insert-new' : 'upsert', artifact })
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
