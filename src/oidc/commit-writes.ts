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

export type CommitWritesDeps = {
  readonly clock: Clock
  readonly random: Random
  readonly sessions: BrowserSessions
  readonly pages: EnginePages
  readonly inTransaction: InTransaction<EndSessionsStores & WriteStores>
}

/**
 * Middleware around every request of the engine: commits its writes before the response is sent, and ends the account's
 * session when the person signs out.
 */
export function commitWrites(deps: CommitWritesDeps) {
  return async (context: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    const current = engineRequest()
    context.set('content-security-policy', contentSecurityPolicy([]))
    try {
      await next()
      if (isUnanswered(context)) await deps.pages.showError(context, { error: 'not_found', statusCode: 404 })
      if (context.path === enginePaths.end_session) skipSignOutPage(context, current)
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

/** The engine knows the path, but not with this method. */
function isUnanswered(context: KoaContextWithOIDC): boolean {
  return context.status === 404 && !context.body && context.accepts('json', 'html') === 'html'
}

async function commit(deps: CommitWritesDeps, context: KoaContextWithOIDC, current: EngineRequest): Promise<void> {
  const { writes, session, reply } = current
  const signedOut = context.path === signOutConfirmPath && context.status === 303
  if (signedOut && session) {
    // The engine's other writes belong to the session, and are deleted with it.
    await deps.inTransaction((stores) => endSession(deps, stores, session.accountId, session.id))
  } else if (writes.length > 0) {
    await deps.inTransaction((stores) => applyWrites(stores, writes))
  }
  if (!signedOut) return
  deps.sessions.forget(reply)
  context.set('clear-site-data', '"cache"')
}

/**
 * The engine asks for confirmation before it signs out. If nobody is signed in there is nothing to confirm: redirect to
 * the portal's post-logout URI at once (RP-Initiated Logout 1.0, section 2).
 */
function skipSignOutPage(context: KoaContextWithOIDC, { session, writes }: EngineRequest): void {
  const state = context.oidc.session?.state as { postLogoutRedirectUri?: string; state?: string } | undefined
  if (session || !state || context.status !== 200) return
  const target = state.postLogoutRedirectUri ? new URL(state.postLogoutRedirectUri) : undefined
  if (target && state.state !== undefined) target.searchParams.set('state', state.state)
  writes.length = 0
  context.body = ''
  context.status = 303
  context.redirect(target?.href ?? paths.signOut)
}

/** With `response_mode=form_post` the engine answers with a form that posts to the portal. */
function allowFormToPortal(context: KoaContextWithOIDC): void {
  const policy = context.response.get('content-security-policy')
  const target = context.oidc?.params?.redirect_uri
  if (!/script-src [^;]*'sha256-/.test(policy) || typeof target !== 'string') return
  context.set('content-security-policy', policy.replace("form-action 'self'", `$& ${new URL(target).origin}`))
  for (const [name, value] of Object.entries(personal)) context.set(name, value)
}

async function refuse(deps: CommitWritesDeps, context: KoaContextWithOIDC, error: unknown): Promise<void> {
  context.remove('location')
  if (error instanceof SessionEnded && context.method === 'GET') {
    context.status = 303
    // Retry: the next request finds no session.
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
      context.body = { error: 'invalid_request', error_description: 'already used' }
      return
    }
    return deps.pages.showError(context, { error: 'invalid_request', statusCode: 400 })
  }
  await deps.pages.showFault(context, error)
}
