import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type BrowserSessions, requireFresh } from '#features/session/index.ts'
import { clientNetwork, localPath, type Pages } from '#http/index.ts'
import type { Clock } from '#kernel/clock.ts'
import { hour } from '#kernel/duration.ts'
import { Problem } from '#kernel/problem.ts'
import { ErrorPage } from '#ui/error.page.tsx'
import { linkTo } from '#ui/link.ts'
import { paths } from '#ui/paths.ts'
import { recentInstants } from './recent-instants.ts'
import { type Admission, type RequireOperatorDeps, requireOperator } from './require-operator.ts'

export type ConsoleDeps = {
  readonly useCases: Omit<RequireOperatorDeps, 'visits' | 'refusals'> & { readonly clock: Clock }
  readonly pages: Pages
  readonly sessions: BrowserSessions
}

export type Admitted = Extract<Admission, { next: 'admitted' }>

type Params = { Params: { id: string } }
type ConsoleHandler = (
  request: FastifyRequest<Params>,
  reply: FastifyReply,
  admitted: Admitted,
) => Promise<FastifyReply>

/** Registers the console's routes. Every one of them requires an operator (ADM-1). */
export type Console = {
  readonly page: (path: string, answer: ConsoleHandler) => void
  /** A change. Requires a fresh proof. `back` returns the path of the page with the form. */
  readonly change: (path: string, back: (id: string) => string, answer: ConsoleHandler) => void
}

export function createConsole(app: FastifyInstance, { useCases, pages, sessions }: ConsoleDeps): Console {
  const { clock } = useCases
  const deps = { ...useCases, visits: recentInstants(clock, hour), refusals: recentInstants(clock, hour) }

  const refuse = async (request: FastifyRequest, reply: FastifyReply, name: string) => {
    const context = await pages.context(request, reply, { signedInAs: name })
    const page = <ErrorPage view={context.view} status={403} reference={request.id} />
    return pages.send(request, reply, context, page, 403)
  }
  const guarded = async (
    request: FastifyRequest<Params>,
    reply: FastifyReply,
    continueTo: string,
    answer: (admitted: Admitted) => Promise<FastifyReply>,
  ) => {
    const admission = await requireOperator(deps, {
      session: await sessions.find(request),
      route: `${request.method} ${request.routeOptions.url}`,
      clientNetwork: clientNetwork(request.ip),
    })
    if (admission.next === 'admitted') return answer(admission)
    if (admission.next === 'refused') return refuse(request, reply, admission.name)
    // With `again`, since with a session left the sign-in page would redirect straight back here.
    const signInAgain = linkTo(paths.signIn, { continue: continueTo, again: '1' })
    return reply.redirect(
      admission.next === 'sign-in' ? signInAgain : linkTo(paths.profileConfirm, { continue: continueTo }),
      303,
    )
  }
  return {
    page: (path, answer) =>
      void app.get<Params>(path, (request, reply) =>
        guarded(request, reply, localPath(request.url, paths.console), (admitted) => answer(request, reply, admitted)),
      ),
    change: (path, back, answer) =>
      void app.post<Params>(path, (request, reply) => {
        const continueTo = back(request.params.id)
        return guarded(request, reply, continueTo, async (admitted) => {
          try {
            requireFresh(admitted.session, clock)
          } catch (error) {
            if (!(error instanceof Problem)) throw error
            return reply.redirect(linkTo(paths.profileConfirm, { continue: continueTo }), 303)
          }
          return answer(request, reply, admitted)
        })
      }),
  }
}
