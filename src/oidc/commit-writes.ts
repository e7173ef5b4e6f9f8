import type { KoaContextWithOIDC } from 'oidc-provider'
import type { InTransaction } from '#database/open.ts'
import { type BrowserSessions, type EndSessionsStores, endSession } from '#features/session/index.ts'
import { contentSecurityPolicy, personal } from '#http/index.ts'
import type { Clock } from '#kernel/clock.ts'
import type { Random } from '#kernel/random.ts'
import { paths } from '#ui/paths.ts'
import type { EnginePages } from './engine-pages.tsx'
import {
  AlreadyConsumed,
  applyWrites,
  type EngineRequest,
  engineRequest,
  SessionEnded,
  type WriteStores,
} from './engine-request.ts'
import { enginePaths, signOutConfirmPath } from './oidc-urls.ts'

export type DurablyDeps = {
  readonly clock: Clock
  readonly random: Random
  readonly sessions: BrowserSessions
  readonly pages: EnginePages
  readonly inTransaction: InTransaction<EndSessionsStores & WriteStores>
}

/**
 * Runs around every request inside the engine: writes down what it did before the answer leaves, and ends the account's
 * session when the person signed out.
 */
export function durably(deps: DurablyDeps) {
  return async (context: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    const current = engineRequest()
    context.set('content-security-policy', contentSecurityPolicy([]))
    try {
      await next()
      if (isUnanswered(context)) await deps.pages.showError(context, { error: 'not_found', statusCode: 404 })
      if (context.path === enginePaths.end_session) leaveNobody(context, current)
      allowFormToPortal(context)
      await commit(deps, context, current)
    } catch (error) {
      await refuse(deps, context, error)
    }
    for (const cookie of [current.reply.getHeader('set-cookie') ?? []].flat()) {
      context.append('set-cookie', String(cookie))
    }
  }
}

/** The engine knows the address, but not by this method. */
function isUnanswered(context: KoaContextWithOIDC): boolean {
  return context.status === 404 && !context.body && context.accepts('json', 'html') === 'html'
}

async function commit(deps: DurablyDeps, context: KoaContextWithOIDC, current: EngineRequest): Promise<void> {
  const { writes, session, reply } = current
  const signedOut = context.path === signOutConfirmPath && context.status === 303
  if (signedOut && session) {
    // Whatever else the engine wrote hung on the session, and ends with it.
    await deps.inTransaction((stores) => endSession(deps, stores, session.accountId, session.id))
  } else if (writes.length > 0) {
    await deps.inTransaction((stores) => applyWrites(stores, writes))
  }
  if (!signedOut) return
  deps.sessions.forget(reply)
  context.set('clear-site-data', '"cache"')
}

/**
 * The engine asks before it signs anybody out. Nobody is signed in: nothing to ask, so on to where the portal wants
 * (RP-Initiated Logout 1.0, section 2).
 */
function leaveNobody(context: KoaContextWithOIDC, { session, writes }: EngineRequest): void {
  const state = context.oidc.session?.state as { postLogoutRedirectUri?: string; state?: string } | undefined
  if (session || !state || context.status !== 200) return
  const target = state.postLogoutRedirectUri ? new URL(state.postLogoutRedirectUri) : undefined
  if (target && state.state !== undefined) target.searchParams.set('state', state.state)
  writes.length = 0
  context.body = ''
  context.status = 303
  context.redirect(target?.href ?? paths.signOut)
}

/** With `response_mode=form_post` the engine answers with a form that leads to the portal. */
function allowFormToPortal(context: KoaContextWithOIDC): void {
  const policy = context.response.get('content-security-policy')
  const target = context.oidc?.params?.redirect_uri
  if (!/script-src [^;]*'sha256-/.test(policy) || typeof target !== 'string') return
  context.set('content-security-policy', policy.replace("form-action 'self'", `$& ${new URL(target).origin}`))
  for (const [name, value] of Object.entries(personal)) context.set(name, value)
}

async function refuse(deps: DurablyDeps, context: KoaContextWithOIDC, error: unknown): Promise<void> {
  context.remove('location')
  if (error instanceof SessionEnded && context.method === 'GET') {
    context.status = 303
    // Once more, and then there is no session any more.
    return context.redirect(context.originalUrl)
  }
  if (error instanceof AlreadyConsumed && context.path === enginePaths.token) {
    context.status = 400
    context.body = { error: 'invalid_grant', error_description: 'grant request is invalid' }
    return
  }
  if (error instanceof AlreadyConsumed || error instanceof SessionEnded) {
    if (context.accepts('json', 'html') === 'json') {
      context.status = 400
      context.body = { error: 'invalid_request', error_description: 'used already' }
      return
    }
    return deps.pages.showError(context, { error: 'invalid_request', statusCode: 400 })
  }
  await deps.pages.showFault(context, error)
}
