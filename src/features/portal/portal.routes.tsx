import type { FastifyInstance } from 'fastify'
import type { AccountStore, IdentifierStore } from '#features/account/index.ts'
import type { BrowserSessions } from '#features/session/index.ts'
import type { Pages } from '#http/index.ts'
import { linkTo } from '#ui/link.ts'
import { paths } from '#ui/paths.ts'
import type { PortalStore } from './portal.store.ts'
import { PortalsPage } from './portals.page.tsx'
import { portalsOpenTo } from './portals-open-to.ts'

export type PortalRoutesDeps = {
  readonly read: {
    readonly accounts: AccountStore
    readonly identifiers: IdentifierStore
    readonly portals: PortalStore
  }
  readonly pages: Pages
  readonly sessions: BrowserSessions
}

export function portalRoutes(app: FastifyInstance, { read, pages, sessions }: PortalRoutesDeps): void {
  app.get(paths.portals, async (request, reply) => {
    const session = await sessions.find(request)
    const account = session && (await read.accounts.find(session.accountId))
    if (!account) return reply.redirect(linkTo(paths.signIn, { continue: paths.portals }), 303)
    const portals = await portalsOpenTo(read, account.id)
    const context = await pages.context(request, reply, { signedInAs: account.name })
    const tiles = portals.map((portal) => ({
      id: portal.id,
      name: portal.name,
      url: portal.startUri,
      ...(portal.logoUri && { logoUrl: portal.logoUri }),
      ...(portal.colour && { colour: portal.colour }),
    }))
    return pages.send(request, reply, context, <PortalsPage view={context.view} name={account.name} portals={tiles} />)
  })
}
