import type { FastifyInstance } from 'fastify'
import { abandonedNetwork, failedNetwork, type LastAttemptDeps, lastAttempt } from '#features/federation/index.ts'
import type { BrowserSessions } from '#features/session/index.ts'
import { clientNetwork, localPath, type Pages, queryText } from '#http/index.ts'
import { paths } from '#ui/paths.ts'
import type { Authenticator } from '../authenticators.ts'
import { type OfferWaysDeps, offerWays } from '../ways/offer-ways.ts'
import type { Guide, Way } from '../ways/way.ts'
import { HelpPage } from './help.page.tsx'

export type HelpRoutesDeps = {
  readonly useCases: OfferWaysDeps & LastAttemptDeps & { readonly publicUrl: string }
  readonly pages: Pages
  readonly sessions: BrowserSessions
  /** Origins of the networks, for `form-action` (CSP). */
  readonly networkOrigins: () => Promise<readonly string[]>
}

function guidesFor(authenticators: readonly Authenticator[], ways: readonly Way[]): readonly Guide[] {
  const works = (kind: Way['kind']) => ways.some((way) => way.kind === kind && way.state === 'works')
  return authenticators
    .toSorted((a, b) => a.order - b.order)
    .flatMap(({ kind, guide }) => (guide && works(kind) ? [guide] : []))
}

/** The help page for signing in. */
export function helpRoutes(app: FastifyInstance, { useCases, pages, sessions, networkOrigins }: HelpRoutesDeps): void {
  app.get(paths.helpSignIn, async (request, reply) => {
    const last = await lastAttempt(useCases, await sessions.browser(request))
    const continueTo = localPath(queryText(request, 'continue') ?? last?.continueTo, paths.portals)
    const context = await pages.context(request, reply, { continueTo, formAction: await networkOrigins() })
    const ways = await offerWays(useCases, {
      knownToken: sessions.knownToken(request),
      clientNetwork: clientNetwork(request.ip),
      failed: failedNetwork(last),
    })
    const page = (
      <HelpPage
        view={context.view}
        ways={ways}
        guides={guidesFor(useCases.authenticators, ways)}
        waysOfEverybody={await offerWays(useCases, {})}
        abandonedNetwork={abandonedNetwork(last)?.name}
        continueTo={continueTo}
        origin={useCases.publicUrl}
        at={useCases.clock.now()}
      />
    )
    return pages.send(request, reply, context, page)
  })
}
