import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { parseIdentifier } from '#features/account/index.ts'
import {
  abandonedNetwork,
  failedNetwork,
  type LastAttempt,
  type LastAttemptDeps,
  lastAttempt,
} from '#features/federation/index.ts'
import type { BrowserSessions } from '#features/session/index.ts'
import {
  clientNetwork,
  formOf,
  localPath,
  type Pages,
  pageStatus,
  queryText,
  secretField,
  textField,
} from '#http/index.ts'
import { type Problem, refusalFrom } from '#kernel/problem.ts'
import { linkTo } from '#ui/link.ts'
import { paths } from '#ui/paths.ts'
import type { PendingSignInStore } from './pending-sign-in.store.ts'
import { SignInPage } from './sign-in.page.tsx'
import { signInProblem } from './sign-in-problem.ts'
import { type SignInDeps, signInWithPassword } from './sign-in-with-password.ts'
import { type OfferWaysDeps, offerWays } from './ways/offer-ways.ts'

export type SignInRoutesDeps = {
  readonly useCases: SignInDeps &
    OfferWaysDeps &
    LastAttemptDeps & { readonly publicUrl: string; readonly read: { readonly pendingSignIns: PendingSignInStore } }
  readonly pages: Pages
  readonly sessions: BrowserSessions
  /** Origins that the forms of the social networks lead to. */
  readonly networkOrigins: () => Promise<readonly string[]>
}

type Typed = { readonly identifier: string; readonly continueTo: string }

type Shown = {
  readonly problem?: Problem
  readonly rescue?: 'social-only'
  readonly abandonedNetwork?: string | undefined
}

export function signInRoutes(app: FastifyInstance, deps: SignInRoutesDeps): void {
  const { pages, sessions, useCases } = deps

  const offer = (request: FastifyRequest, last: LastAttempt | undefined) =>
    offerWays(useCases, {
      knownToken: sessions.knownToken(request),
      clientNetwork: clientNetwork(request.ip),
      failed: failedNetwork(last),
    })
  const page = async (
    request: FastifyRequest,
    reply: FastifyReply,
    typed: Typed,
    said: Shown,
    last: LastAttempt | undefined,
  ) => {
    const ways = await offer(request, last)
    const { continueTo } = typed
    const context = await pages.context(request, reply, { continueTo, formAction: await deps.networkOrigins() })
    // The answer to the form can be opened again, too.
    const path = request.method === 'GET' ? context.view.path : linkTo(paths.signIn, { continue: continueTo })
    const view = { ...context.view, path }
    const rendered = <SignInPage view={view} ways={ways} {...typed} {...said} />
    return pages.send(request, reply, context, rendered, statusFor(reply, said))
  }
  app.get(paths.signIn, async (request, reply) => {
    const browser = await sessions.browser(request)
    const last = await lastAttempt(useCases, browser)
    // Who comes back by hand goes on to where they were going.
    const continueTo = localPath(queryText(request, 'continue') ?? last?.continueTo)
    // Who is signed in already has nothing to do here, unless a portal or a change wants the proof anew.
    if (!queryText(request, 'again') && browser.session) return reply.redirect(continueTo, 303)
    const identifier = (queryText(request, 'identifier') ?? '').slice(0, 254)
    return page(request, reply, { identifier, continueTo }, { abandonedNetwork: abandonedNetwork(last)?.name }, last)
  })
  app.post(paths.signIn, { config: { provesItself: true } }, async (request, reply) => {
    const form = formOf(request)
    const typed = {
      identifier: textField(form, 'identifier'),
      continueTo: localPath(textField(form, 'continue', 2_000)),
    }
    const browser = await sessions.browser(request)
    // What just failed stays last on whatever page comes next.
    const again = async (said: Shown) => page(request, reply, typed, said, await lastAttempt(useCases, browser))
    try {
      const password = secretField(form, 'password')
      const identifier = await namedBy(typed.identifier, password)
      const outcome = await signInWithPassword(useCases, {
        identifier,
        password,
        browser,
        continueTo: typed.continueTo,
      })
      if (outcome.next === 'social-only') return await again({ rescue: 'social-only' })
      if (outcome.next === 'second-authenticator-needed') return reply.redirect(paths.secondStep, 303)
      sessions.keep(reply, outcome.started)
      return reply.redirect(typed.continueTo, 303)
    } catch (error) {
      return again({ problem: refusalFrom(error) })
    }
  })
}

// 401 would make some clients ask for HTTP authentication of their own; a page that explains is an answer to a form.
function statusFor(reply: FastifyReply, { problem, rescue }: Shown): number {
  return rescue ? 401 : pageStatus(reply, problem)
}

async function namedBy(typed: string, password: string) {
  if (typed === '') throw signInProblem('sign-in.identifier-missing', { field: 'identifier' })
  if (password === '') throw signInProblem('sign-in.password-missing', { field: 'password' })
  const identifier = await parseIdentifier(typed)
  // What can't be an address or a number belongs to nobody: the same words as for an unknown one.
  if (!identifier) throw signInProblem('sign-in.not-right')
  return identifier
}
