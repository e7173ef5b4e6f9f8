import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type Provider from 'oidc-provider'
import type { InTransaction } from '#database/open.ts'
import { PortalRefusedPage, type PortalStore } from '#features/portal/index.ts'
import {
  amrOf,
  authTime,
  type BrowserSessions,
  type EndSessionsStores,
  type Session,
  type SessionStore,
} from '#features/session/index.ts'
import { httpProblem, isSameOrigin, type Pages } from '#http/index.ts'
import type { Clock } from '#kernel/clock.ts'
import type { Random } from '#kernel/random.ts'
import { linkTo } from '#ui/link.ts'
import { paths } from '#ui/paths.ts'
import type { Artifact, ArtifactStore } from './artifact.store.ts'
import { applyWrites, type EngineRequest, runEngineRequest } from './engine-request.ts'
import {
  expectsOtherAccount,
  type Interaction,
  interactionOf,
  isProvenSince,
  repeatRequest,
  satisfies,
} from './interaction.ts'
import { enginePaths, interactionPath, signOutConfirmPath } from './oidc-urls.ts'

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
  /** The interaction with this id, in whatever browser it began. */
  readonly findInteraction: (uid: string) => Promise<Artifact | undefined>
  readonly read: { readonly portals: PortalStore }
  readonly inTransaction: InTransaction<
    EndSessionsStores & { readonly artifacts: ArtifactStore; readonly sessions: SessionStore }
  >
}

/** Endpoints that browsers use with a session. */
const browserPaths: readonly string[] = [
  enginePaths.authorization,
  `${enginePaths.authorization}/:uid`,
  enginePaths.end_session,
  signOutConfirmPath,
]

const machinePaths: readonly string[] = [
  enginePaths.token,
  enginePaths.userinfo,
  enginePaths.jwks,
  enginePaths.revocation,
  enginePaths.introspection,
  enginePaths.pushed_authorization_request,
  paths.discovery,
]

/** The engine's endpoints, and the interaction in which we tell it who signed in. */
export function oidcRoutes(app: FastifyInstance, deps: OidcRoutesDeps): void {
  app.get(interactionPath(':uid'), (request, reply) => interact(deps, request, reply))
  // Where the engine redirects after a sign-out without a post-logout URI.
  app.get(`${enginePaths.end_session}/success`, (_request, reply) => reply.redirect(paths.signOut, 303))
  app.register((scope, _options, done) => {
    // The engine parses bodies itself.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
    const options = { config: { csrf: false } }
    // The engine's router matches paths loosely. Ours matches exactly, so that no spelling gets around our checks.
    for (const path of machinePaths) scope.all(path, options, (request, reply) => handOver(deps, request, reply))
    for (const path of browserPaths) {
      scope.all(path, options, async (request, reply) => {
        const confirms = path === signOutConfirmPath
        if (confirms && !isSameOrigin(request, deps.url.origin)) throw httpProblem('http.form-foreign')
        // Browsers get pages, even without an Accept header.
        if (!request.headers.accept?.includes('json')) request.raw.headers.accept = 'text/html'
        return handOver(deps, request, reply, await deps.sessions.find(request))
      })
    }
    done()
  })
}

/** Lets the engine answer; `commitWrites` runs around it. */
async function handOver(deps: OidcRoutesDeps, request: FastifyRequest, reply: FastifyReply, session?: Session) {
  const { raw } = request
  for (const name of Object.keys(raw.headers)) {
    if (name.startsWith('x-forwarded-') || name === 'forwarded') delete raw.headers[name]
  }
  raw.headers.host = deps.url.host
  raw.headers['x-forwarded-proto'] = deps.url.protocol.slice(0, -1)
  raw.headers['x-forwarded-for'] = request.ip
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value) reply.raw.setHeader(name, value)
  reply.hijack()
  await runEngineRequest({ request, reply, session, writes: [], reads: new Map() }, () =>
    deps.engine().answer(raw, reply.raw),
  )
}

/** The engine needs the person to sign in, or the portal's access rule does not admit them. */
async function interact(deps: OidcRoutesDeps, request: FastifyRequest, reply: FastifyReply) {
  const { uid } = request.params as { uid: string }
  const session = await deps.sessions.find(request)
  const artifact = await deps.findInteraction(uid)
  if (!artifact) return reply.redirect(paths.portals, 303)
  const interaction = interactionOf(artifact)
  const current: EngineRequest = { request, reply, session, writes: [], reads: new Map() }
  return runEngineRequest(current, async () => {
    const { provider } = deps.engine()
    const details = await provider.interactionDetails(request.raw, reply.raw).catch(() => undefined)
    if (details?.uid === uid && details.prompt.name === 'access') {
      return refusePortal(deps, request, reply, String(details.params.client_id))
    }
    if (!session || !satisfies(session, interaction, deps.clock.now())) return signIn(request, reply, interaction)
    if (details?.uid !== uid) {
      const begunHere = request.cookies[provider.cookieName('interaction')] !== undefined
      return begunHere ? repeatAuthorization(interaction, reply) : openPortal(deps, reply, interaction)
    }
    if (expectsOtherAccount(session, interaction) && !isProvenSince(session, interaction))
      return signIn(request, reply, interaction)
    const returnTo = await provider.interactionResult(request.raw, reply.raw, resultOf(session, interaction))
    await deps.inTransaction((stores) => applyWrites(stores, current.writes))
    return reply.redirect(returnTo, 303)
  })
}

function resultOf(session: Session, interaction: Interaction) {
  // The portal expected another account (OpenID Connect Core, 3.1.2.1).
  if (expectsOtherAccount(session, interaction))
    return { error: 'login_required', error_description: 'another user signed in' }
  const { accountId, proofs } = session
  return { login: { accountId, ts: authTime(proofs), amr: [...amrOf(proofs)], remember: true } }
}

function signIn(request: FastifyRequest, reply: FastifyReply, { params }: Interaction) {
  const query = {
    continue: request.url,
    again: '1',
    identifier: params.login_hint?.toString(),
    ui_locales: params.ui_locales?.toString(),
  }
  return reply.redirect(linkTo(paths.signIn, query), 303)
}

/** The session it began with has ended: repeat the request without what the new sign-in has already satisfied. */
function repeatAuthorization(interaction: Interaction, reply: FastifyReply) {
  return reply.redirect(linkTo(enginePaths.authorization, repeatRequest(interaction)), 303)
}

/** Begun in another browser, such as when a mail is opened on the phone: the portal would reject the response here. */
async function openPortal({ read }: OidcRoutesDeps, reply: FastifyReply, { params }: Interaction) {
  const portal = await read.portals.find(String(params.client_id))
  return reply.redirect(portal?.startUri ?? paths.portals, 303)
}

async function refusePortal(deps: OidcRoutesDeps, request: FastifyRequest, reply: FastifyReply, clientId: string) {
  const context = await deps.pages.context(request, reply, { signedInAs: '' })
  const portal = await deps.read.portals.find(clientId)
  const page = <PortalRefusedPage view={context.view} portalName={portal?.name ?? clientId} />
  return deps.pages.send(request, reply, context, page, 403)
}
