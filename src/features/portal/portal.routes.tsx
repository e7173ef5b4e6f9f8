import type { FastifyInstance } from 'fastify'
import { type AccountStore, type IdentifierStore, proved } from '#features/account/index.ts'
import type { BrowserSessions } from '#features/session/index.ts'
import type { Pages } from '#http/index.ts'
import type { PortalStore } from './portal.store.ts'
import { mayOpen } from './portal.ts'
import { PortalsPage } from './portals.page.tsx'

const portalsPath = '/portals'

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
  app.get(portalsPath, async (request, reply) => {
    const session = await sessions.find(request)
    const account = session && (await read.accounts.find(session.accountId))
    if (!account) return reply.redirect(`/sign-in?${new URLSearchParams({ continue: portalsPath })}`, 303)
    const identifiers = proved(await read.identifiers.listOfAccount(account.id))
    const emails = identifiers.filter((each) => each.kind === 'email').map((each) => each.canonical)
    const portals = (await read.portals.list()).filter((portal) => mayOpen(portal.access, emails))
    const context = await pages.context(request, reply, { signedInAs: account.name })
    const shown = portals.map((portal) => ({
      id: portal.id,
      name: portal.name,
      url: portal.startUri,
      ...(portal.logoUri && { logoUrl: portal.logoUri }),
      ...(portal.colour && { colour: portal.colour }),
    }))
    return pages.send(request, reply, context, <PortalsPage view={context.view} name={account.name} portals={shown} />)
  })
}
