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
  /** Origins of the networks, for `form-action` (CSP). */
  readonly networkOrigins: () => Promise<readonly string[]>
}

type SignInFields = { readonly identifier: string; readonly continueTo: string }

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
    fields: SignInFields,
    shown: Shown,
    last: LastAttempt | undefined,
  ) => {
    const ways = await offer(request, last)
    const { continueTo } = fields
    const context = await pages.context(request, reply, { continueTo, formAction: await deps.networkOrigins() })
    // The answer to a POST needs a path that works when it is opened again.
    const path = request.method === 'GET' ? context.view.path : linkTo(paths.signIn, { continue: continueTo })
    const view = { ...context.view, path }
    const rendered = <SignInPage view={view} ways={ways} {...fields} {...shown} />
    return pages.send(request, reply, context, rendered, statusFor(reply, shown))
  }
  app.get(paths.signIn, async (request, reply) => {
    const browser = await sessions.browser(request)
    const last = await lastAttempt(useCases, browser)
    // After navigating back by hand from a network, continue to the same destination.
    const continueTo = localPath(queryText(request, 'continue') ?? last?.continueTo)
    // Already signed in: continue, unless a portal or a change asks for a new proof.
    if (!queryText(request, 'again') && browser.session) return reply.redirect(continueTo, 303)
    const identifier = (queryText(request, 'identifier') ?? '').slice(0, 254)
    return page(request, reply, { identifier, continueTo }, { abandonedNetwork: abandonedNetwork(last)?.name }, last)
  })
  app.post(paths.signIn, { config: { provesItself: true } }, async (request, reply) => {
    const form = formOf(request)
    const fields = {
      identifier: textField(form, 'identifier'),
      continueTo: localPath(textField(form, 'continue', 2_000)),
    }
    const browser = await sessions.browser(request)
    // Re-read, so that the network that just failed stays last.
    const showAgain = async (shown: Shown) => page(request, reply, fields, shown, await lastAttempt(useCases, browser))
    try {
      const password = secretField(form, 'password')
      const identifier = await requireCredentials(fields.identifier, password)
      const outcome = await signInWithPassword(useCases, {
        identifier,
        password,
        browser,
        continueTo: fields.continueTo,
      })
      if (outcome.next === 'social-only') return await showAgain({ rescue: 'social-only' })
      if (outcome.next === 'second-authenticator-needed') return reply.redirect(paths.secondStep, 303)
      sessions.keep(reply, outcome.started)
      return reply.redirect(fields.continueTo, 303)
    } catch (error) {
      return showAgain({ problem: refusalFrom(error) })
    }
  })
}

// The social-only answer is a refused sign-in, too.
function statusFor(reply: FastifyReply, { problem, rescue }: Shown): number {
  return rescue ? 401 : pageStatus(reply, problem)
}

async function requireCredentials(text: string, password: string) {
  if (text === '') throw signInProblem('sign-in.identifier-missing', { field: 'identifier' })
  if (password === '') throw signInProblem('sign-in.password-missing', { field: 'password' })
  const identifier = await parseIdentifier(text)
  // Malformed input gets the same answer as an unknown address.
  if (!identifier) throw signInProblem('sign-in.not-right')
  return identifier
}
