import type { FastifyInstance } from 'fastify'
import { type Pages, setPersonal } from '#http/index.ts'
import { paths } from '#ui/paths.ts'
import { MailboxPage } from './mailbox.page.tsx'
import type { Mailbox } from './mailbox.ts'
import { DevelopmentStartPage } from './start.page.tsx'

/** The URLs of everything that runs in development. */
export type Places = {
  readonly url: string
  readonly portals: readonly { readonly name: string; readonly url: string }[]
  readonly networks: readonly { readonly id: string; readonly name: string; readonly url: string }[]
}

/** `/dev/mailbox`, as a page and as JSON. */
export function mailboxRoutes(app: FastifyInstance, pages: Pages, mailbox: Mailbox): void {
  app.get(paths.devMailboxJson, async (_request, reply) => {
    setPersonal(reply)
    return mailbox.list()
  })
  app.get(paths.devMailbox, async (request, reply) => {
    const context = await pages.context(request, reply)
    return pages.send(request, reply, context, <MailboxPage view={context.view} messages={[...mailbox.list()]} />)
  })
}

/** `/`: the start page. */
export function startRoute(app: FastifyInstance, pages: Pages, places: Places): void {
  app.get(paths.home, async (request, reply) => {
    const context = await pages.context(request, reply)
    return pages.send(request, reply, context, <DevelopmentStartPage view={context.view} {...places} />)
  })
}
