import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Destination } from '#http/index.ts'
import { minute } from '#kernel/duration.ts'
import type { Secrets } from '#kernel/secret.ts'
import { repeat, type Timers } from '#kernel/timers.ts'
import { type Transport, transport } from '#outbox/index.ts'
import type { Artifact, ArtifactStore } from './artifact.store.ts'
import { type ClientUse, clientOf } from './clients.ts'
import { commitWrites } from './commit-writes.ts'
import { logout } from './end-engine-sessions.ts'
import { createEngine, type EngineDeps } from './engine.ts'
import { enginePages } from './engine-pages.tsx'
import { currentRequest, engineRequest, outsideRequests, readOnce } from './engine-request.ts'
import { type OidcRoutesDeps, oidcRoutes, type RunningEngine } from './oidc.routes.tsx'
import { signOutConfirmPath } from './oidc-urls.ts'
import { engineKeys, ensureSigningKeys, type SigningKeyDeps } from './signing-keys.ts'

export type OidcDeps = Omit<OidcRoutesDeps, 'engine' | 'findInteraction' | 'read'> &
  SigningKeyDeps & {
    readonly secrets: Secrets
    readonly development: boolean
    readonly timers: Timers
    readonly read: SigningKeyDeps['read'] & EngineDeps['read'] & { readonly artifacts: ArtifactStore }
  }

export type Oidc = {
  readonly routes: (app: FastifyInstance) => void
  /** The portal and the origins that an interaction's path leads to. */
  readonly describe: (continueTo: string) => Promise<Destination>
  /** Back-channel logout: tells a portal that a session has ended. */
  readonly orders: readonly Transport[]
  readonly tidy: () => Promise<void>
  /** Loads signing keys that were rotated meanwhile. */
  readonly refreshKeys: () => Promise<void>
  readonly close: () => void
}

/** The part of a client that @types/oidc-provider does not describe. */
type LogoutClient = {
  readonly backchannelLogoutUri?: string
  readonly backchannelLogout: (subject: string, sid: string) => Promise<void>
}

const keysCheckedEvery = minute

/** The OpenID provider, with its keys from the database. */
export async function openOidc(deps: OidcDeps): Promise<Oidc> {
  await ensureSigningKeys(deps)
  const findClient = async (id: string) => {
    const portal = await readOnce(`portal ${id}`, () => deps.read.portals.find(id))
    return portal && clientOf(portal, deps.secrets, useOf(currentRequest()))
  }
  const pages = enginePages(deps.pages, deps.read.portals)
  const engineDeps: EngineDeps = {
    issuer: deps.url.origin,
    secure: deps.url.protocol === 'https:',
    development: deps.development,
    secrets: deps.secrets,
    adapter: { clock: deps.clock, secrets: deps.secrets, artifacts: deps.read.artifacts, findClient },
    read: deps.read,
    ...pages,
  }
  let engine: RunningEngine
  let currentKeyIds = ''
  const refreshKeys = async () => {
    const keys = await engineKeys(deps)
    const keyIds = keys.map((key) => key.kid).join(' ')
    if (keyIds === currentKeyIds) return
    const provider = createEngine(engineDeps, keys)
    provider.use(middleware as (context: unknown, next: () => Promise<void>) => Promise<void>)
    provider.on('server_error', (_context, error) => engineRequest().request.log.error({ err: error }, 'fault'))
    engine = { provider, answer: provider.callback() }
    currentKeyIds = keyIds
  }
  const findInteraction = (uid: string) =>
    deps.read.artifacts.find('Interaction', deps.secrets.keyed('engine-token', `Interaction ${uid}`))
  const middleware = commitWrites({ ...deps, pages })
  const routesDeps: OidcRoutesDeps = { ...deps, engine: () => engine, findInteraction }
  await refreshKeys()
  const stop = repeat(deps.timers, keysCheckedEvery, () => refreshKeys().catch(() => {}))
  return {
    routes: (app) => oidcRoutes(app, routesDeps),
    describe: (continueTo) => describe(deps, findInteraction, continueTo),
    orders: [
      transport(logout, (_id, { clientId, subject, sid }) =>
        outsideRequests(async () => {
          const client = (await engine.provider.Client.find(clientId)) as LogoutClient | undefined
          if (client?.backchannelLogoutUri) await client.backchannelLogout(subject, sid)
        }),
      ),
    ],
    tidy: () => deps.inTransaction(({ artifacts }) => artifacts.deletePast(deps.clock.now())),
    refreshKeys,
    close: stop,
  }
}

function useOf(request: FastifyRequest | undefined): ClientUse {
  const basic = /^basic /i.test(request?.headers.authorization ?? '')
  return {
    authMethod: basic ? 'client_secret_basic' : 'client_secret_post',
    // Not during a sign-out: a portal that is down would delay the person, and the outbox sends it anyway.
    backchannelLogout: !request?.url.startsWith(signOutConfirmPath),
  }
}

async function describe(
  deps: OidcDeps,
  find: (uid: string) => Promise<Artifact | undefined>,
  continueTo: string,
): Promise<Destination> {
  const uid = /^\/interaction\/([\w-]+)$/.exec(continueTo)?.[1]
  const params = uid ? ((await find(uid))?.payload.params as Record<string, string> | undefined) : undefined
  if (!params?.client_id || !params.redirect_uri) return { origins: [] }
  const portal = await deps.read.portals.find(params.client_id)
  return {
    portal: portal && {
      name: portal.name,
      ...(portal.colour && { colour: portal.colour }),
      ...(portal.logoUri && { logoUrl: portal.logoUri }),
    },
    // A portal may redirect from its callback to its start page, and form-action applies to the whole chain.
    origins: [params.redirect_uri, ...(portal ? [portal.startUri] : [])].map((address) => new URL(address).origin),
  }
}
