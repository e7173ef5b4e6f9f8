import type { FastifyInstance } from 'fastify'
import type { InTransaction } from '#database/open.ts'
import type { RecordDeps } from '#features/audit/index.ts'
import { type BrowserSessions, type EndSessionsStores, endSession, type Session } from '#features/session/index.ts'
import { type Pages, setPersonal } from '#http/index.ts'
import { paths } from '#ui/paths.ts'
import { SignOutPage } from './sign-out.page.tsx'
import { SignedOutPage } from './signed-out.page.tsx'

export type SignOutRoutesDeps = {
  readonly useCases: RecordDeps & { readonly inTransaction: InTransaction<EndSessionsStores> }
  readonly pages: Pages
  readonly sessions: BrowserSessions
  /** Names of the portals that the session is signed in to. */
  readonly openPortals: (session: Session) => Promise<readonly string[]>
}

/** Signs this browser out of Einlass and all portals. */
export function signOutRoutes(app: FastifyInstance, deps: SignOutRoutesDeps): void {
  const { pages, sessions, useCases } = deps
  app.get(paths.signOut, async (request, reply) => {
    const signedIn = await sessions.find(request)
    const context = await pages.context(request, reply)
    const page = signedIn ? (
      <SignOutPage view={context.view} portalNames={await deps.openPortals(signedIn)} />
    ) : (
      <SignedOutPage view={context.view} />
    )
    return pages.send(request, reply, context, page)
  })
  app.post(paths.signOut, async (request, reply) => {
    const session = await sessions.find(request)
    if (session) {
      await useCases.inTransaction((stores) => endSession(useCases, stores, session.accountId, session.id))
    }
    sessions.forget(reply)
    setPersonal(reply)
    reply.header('clear-site-data', '"cache"')
    return reply.redirect(paths.signOut, 303)
  })
}
