import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type Provider from 'oidc-provider'
import type { KoaContextWithOIDC } from 'oidc-provider'
import type { InTransaction } from '../database/open.ts'
import { PortalRefusedPage, type PortalStore } from '../features/portal/index.ts'
import {
  amrOf,
  authTime,
  type BrowserSessions,
  type EndSessionsStores,
  endSession,
  type Session,
} from '../features/session/index.ts'
import { signInPath, signOutPath } from '../features/sign-in/index.ts'
import { httpProblem, isSameOrigin, type Pages } from '../http/index.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Random } from '../kernel/random.ts'
import { linkTo } from '../ui/link.ts'
import type { Artifact, ArtifactStore } from './artifact.store.ts'
import { enginePrefix, interactionPath } from './engine.ts'
import { AlreadyConsumed, applyWrites, type EngineRequest, engineRequest, runEngineRequest } from './engine-request.ts'
import { type Interaction, satisfies } from './interaction.ts'

export type RunningEngine = {
  readonly provider: Provider
  readonly answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>
}

export type OidcRoutesDeps = {
  readonly url: URL
  readonly clock: Clock
  readonly random: Random
  readonly pages: Pages
  readonly sessions: BrowserSessions
  readonly engine: () => RunningEngine
  /** The interaction of an id, whoever asks. */
  readonly findInteraction: (uid: string) => Promise<Artifact | undefined>
  readonly read: { readonly portals: PortalStore }
  readonly inTransaction: InTransaction<EndSessionsStores & { readonly artifacts: ArtifactStore }>
}

const signOutConfirmPath = `${enginePrefix}/sign-out/confirm`

/** The engine's endpoints, and the interaction in which we tell it who the person is. */
export function oidcRoutes(app: FastifyInstance, deps: OidcRoutesDeps): void {
  app.get(interactionPath(':uid'), (request, reply) => interact(deps, request, reply))
  app.register((scope, _options, done) => {
    // The engine reads bodies itself.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
    const options = { config: { csrf: false } }
    scope.get('/.well-known/openid-configuration', options, (request, reply) => handOver(deps, request, reply))
    scope.all(`${enginePrefix}/*`, options, (request, reply) => handOver(deps, request, reply))
    done()
  })
}

/** Lets the engine answer, with what it writes in one transaction before the answer leaves. */
async function handOver(deps: OidcRoutesDeps, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const path = request.url.split('?')[0]
  if (path === signOutConfirmPath && !isSameOrigin(request, deps.url.origin)) throw httpProblem('http.form-foreign')
  const session = isForBrowsers(path) ? await deps.sessions.find(request) : undefined
  const { raw } = request
  for (const name of Object.keys(raw.headers)) {
    if (name.startsWith('x-forwarded-') || name === 'forwarded') delete raw.headers[name]
  }
  raw.headers.host = deps.url.host
  raw.headers['x-forwarded-proto'] = deps.url.protocol.slice(0, -1)
  raw.headers['x-forwarded-for'] = request.ip
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value) reply.raw.setHeader(name, value)
  reply.hijack()
  await runEngineRequest({ request, reply, session, writes: [] }, () => deps.engine().answer(raw, reply.raw))
}

function isForBrowsers(path: string | undefined): boolean {
  return path?.startsWith(`${enginePrefix}/authorize`) || path?.startsWith(`${enginePrefix}/sign-out`) || false
}

/**
 * Runs around every request inside the engine: writes down what it did before the answer leaves, and ends the account's
 * session when the person signed out.
 */
export function durably(deps: OidcRoutesDeps) {
  return async (context: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    await next()
    const current = engineRequest()
    const signedOut = context.path === signOutConfirmPath && context.status === 303
    if (context.path === `${enginePrefix}/sign-out`) withoutSession(context, current)
    try {
      await commit(deps, current, signedOut ? current.session : undefined)
    } catch (error) {
      if (!(error instanceof AlreadyConsumed)) throw error
      context.status = 400
      context.body = { error: 'invalid_grant', error_description: 'grant request is invalid' }
    }
    if (signedOut) {
      deps.sessions.forget(current.reply)
      context.append('set-cookie', String(current.reply.getHeader('set-cookie')))
    }
  }
}

async function commit(deps: OidcRoutesDeps, { writes }: EngineRequest, ending: Session | undefined): Promise<void> {
  if (writes.length === 0 && !ending) return
  await deps.inTransaction(async (stores) => {
    if (ending) await endSession(deps, stores, ending.accountId, ending.id)
    await applyWrites(stores.artifacts, writes)
  })
  writes.length = 0
}

// Nobody is signed in here: nothing to confirm, so on to where the portal wants (RP-Initiated Logout 1.0, section 2).
function withoutSession(context: KoaContextWithOIDC, { session, writes }: EngineRequest): void {
  const state = context.oidc.session?.state as { postLogoutRedirectUri?: string; state?: string } | undefined
  if (session || !state || context.status !== 200) return
  const target = state.postLogoutRedirectUri ? new URL(state.postLogoutRedirectUri) : undefined
  if (target && state.state !== undefined) target.searchParams.set('state', state.state)
  writes.length = 0
  context.body = ''
  context.status = 303
  context.redirect(target?.href ?? signOutPath)
}

/** The engine wants to know who the person is, or that they may enter. */
async function interact(deps: OidcRoutesDeps, request: FastifyRequest, reply: FastifyReply) {
  const { uid } = request.params as { uid: string }
  const session = await deps.sessions.find(request)
  const artifact = await deps.findInteraction(uid)
  if (!artifact) return reply.redirect('/portals', 303)
  const current: EngineRequest = { request, reply, session, writes: [] }
  return runEngineRequest(current, async () => {
    const { provider } = deps.engine()
    const details = await provider.interactionDetails(request.raw, reply.raw).catch(() => undefined)
    // Begun in another browser, or with a session that has ended since: it begins again with the same questions.
    if (details?.uid !== uid) return beginAgain(artifact, session, reply)
    if (details.prompt.name === 'access') return refusePortal(deps, request, reply, String(details.params.client_id))
    const asked = interactionOf(artifact)
    if (!session || !satisfies(session, asked, deps.clock.now())) return signIn(request, reply, artifact)
    const login = { accountId: session.accountId, ts: authTime(session.proofs), amr: [...amrOf(session.proofs)] }
    const result = { login: { ...login, remember: true } }
    const returnTo = await provider.interactionResult(request.raw, reply.raw, result)
    await commit(deps, current, undefined)
    return reply.redirect(returnTo, 303)
  })
}

type Params = Readonly<Record<string, string | number | undefined>>

function interactionOf(artifact: Artifact): Interaction {
  const { prompt, params } = artifact.payload as { prompt: { name: string; reasons: string[] }; params: Params }
  return {
    prompt: prompt.name,
    reasons: prompt.reasons,
    startedAt: artifact.createdAt,
    maxAge: params.max_age === undefined ? undefined : Number(params.max_age),
  }
}

function signIn(request: FastifyRequest, reply: FastifyReply, artifact: Artifact) {
  const params = artifact.payload.params as Params
  const query = {
    continue: request.url,
    again: '1',
    identifier: params.login_hint?.toString(),
    ui_locales: params.ui_locales?.toString(),
  }
  return reply.redirect(linkTo(signInPath, query), 303)
}

function beginAgain(artifact: Artifact, session: Session | undefined, reply: FastifyReply) {
  const params = { ...(artifact.payload.params as Params) }
  if (session && satisfies(session, interactionOf(artifact), artifact.createdAt)) delete params.prompt
  const query = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, value?.toString()]))
  return reply.redirect(linkTo(`${enginePrefix}/authorize`, query), 303)
}

async function refusePortal(deps: OidcRoutesDeps, request: FastifyRequest, reply: FastifyReply, clientId: string) {
  const context = await deps.pages.context(request, reply, { signedInAs: '' })
  const portal = await deps.read.portals.find(clientId)
  const page = <PortalRefusedPage view={context.view} portalName={portal?.name ?? clientId} />
  return deps.pages.send(request, reply, context, page, 403)
}
