import type { FastifyInstance } from 'fastify'
import { primaryEmail } from '#features/account/index.ts'
import type { BrowserSessions } from '#features/session/index.ts'
import { clientNetwork, type Pages } from '#http/index.ts'
import { paths } from '#ui/paths.ts'
import type { PendingSignInStore } from '../pending-sign-in.store.ts'
import { type OfferWaysDeps, offerWays } from '../ways/offer-ways.ts'
import { SecondStepPage } from './second-step.page.tsx'

export type SecondStepRoutesDeps = {
  readonly useCases: OfferWaysDeps & { readonly read: { readonly pendingSignIns: PendingSignInStore } }
  readonly pages: Pages
  readonly sessions: BrowserSessions
  /** Origins of the networks, for `form-action` (CSP). */
  readonly networkOrigins: () => Promise<readonly string[]>
}

/** Continues a sign-in that needs another proof. */
export function secondStepRoutes(app: FastifyInstance, deps: SecondStepRoutesDeps): void {
  const { useCases, pages, sessions } = deps
  app.get(paths.secondStep, async (request, reply) => {
    const { browserHash } = await sessions.browser(request)
    const now = useCases.clock.now()
    const pending = browserHash ? await useCases.read.pendingSignIns.find(browserHash, now) : undefined
    if (!pending) return reply.redirect(paths.signIn, 303)
    const { accountId, continueTo, proofs } = pending
    const [ways, identifiers] = await Promise.all([
      offerWays(useCases, { accountId, clientNetwork: clientNetwork(request.ip) }),
      useCases.read.identifiers.listOfAccount(accountId),
    ])
    const context = await pages.context(request, reply, { continueTo, formAction: await deps.networkOrigins() })
    const page = (
      <SecondStepPage
        view={context.view}
        ways={ways.filter((way) => proofs.every(({ authenticator }) => authenticator !== way.kind))}
        identifier={primaryEmail(identifiers)?.display ?? ''}
        continueTo={continueTo}
      />
    )
    return pages.send(request, reply, context, page)
  })
}
