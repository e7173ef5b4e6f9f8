import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type AccountStore, primaryEmail } from '#features/account/index.ts'
import { type FailedAttempt, failureTraits, type NetworkReturn } from '#features/federation/index.ts'
import type { BrowserSessions, Session } from '#features/session/index.ts'
import { type OfferWaysDeps, offerWays } from '#features/sign-in/index.ts'
import {
  clientNetwork,
  formOf,
  localPath,
  type Pages,
  queryText,
  secretField,
  statusOf,
  textField,
} from '#http/index.ts'
import { type Problem, refusalFrom } from '#kernel/problem.ts'
import { linkTo } from '#ui/link.ts'
import { paths } from '#ui/paths.ts'
import { StepUpPage } from './step-up.page.tsx'
import { type StepUpDeps, stepUpWithNetwork, stepUpWithPassword } from './step-up.ts'

export type StepUpRoutesDeps = {
  readonly useCases: StepUpDeps & OfferWaysDeps & { readonly read: { readonly accounts: AccountStore } }
  readonly pages: Pages
  readonly sessions: BrowserSessions
  /** Origins of the networks, for `form-action` (CSP). */
  readonly networkOrigins: () => Promise<readonly string[]>
}

type Shown = { readonly problem?: Problem; readonly failed?: FailedAttempt }

/** Asks for a fresh proof before a sensitive change. */
export function stepUpRoutes(app: FastifyInstance, deps: StepUpRoutesDeps): void {
  const { sessions, useCases } = deps
  app.get(paths.profileConfirm, async (request, reply) => {
    const continueTo = localPath(queryText(request, 'continue'))
    const session = await sessions.find(request)
    return session ? show(deps, request, reply, session, continueTo) : signInFirst(reply, continueTo)
  })
  app.post(paths.profileConfirm, async (request, reply) => {
    const form = formOf(request)
    const continueTo = localPath(textField(form, 'continue', 2_000))
    const session = await sessions.find(request)
    if (!session) return signInFirst(reply, continueTo)
    try {
      sessions.renew(reply, await stepUpWithPassword(useCases, session, secretField(form, 'password')))
      return reply.redirect(continueTo, 303)
    } catch (error) {
      return show(deps, request, reply, session, continueTo, { problem: refusalFrom(error) })
    }
  })
}

/** Steps up the session that started the attempt with the network's proof. */
export function stepUpReturn(deps: StepUpRoutesDeps): NetworkReturn {
  const { sessions, useCases } = deps
  return {
    identified: async (request, reply, identified) => {
      const { continueTo } = identified.attempt
      const session = await sessions.find(request)
      if (!session) return signInFirst(reply, continueTo)
      try {
        sessions.renew(reply, await stepUpWithNetwork(useCases, identified, session))
        return reply.redirect(continueTo, 303)
      } catch (error) {
        return show(deps, request, reply, session, continueTo, { problem: refusalFrom(error) })
      }
    },
    failed: async (request, reply, failed) => {
      const session = await sessions.find(request)
      if (!session) return signInFirst(reply, failed.continueTo)
      return show(deps, request, reply, session, failed.continueTo, { failed })
    },
  }
}

function signInFirst(reply: FastifyReply, continueTo: string): FastifyReply {
  return reply.redirect(linkTo(paths.signIn, { continue: continueTo }), 303)
}

async function show(
  { useCases, pages, networkOrigins }: StepUpRoutesDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { accountId }: Session,
  continueTo: string,
  { problem, failed }: Shown = {},
): Promise<FastifyReply> {
  // After a cancellation, the network keeps its place in the list.
  const isOutage = failed && failureTraits[failed.failure].isOutage
  const [account, identifiers, ways] = await Promise.all([
    useCases.read.accounts.find(accountId),
    useCases.read.identifiers.listOfAccount(accountId),
    offerWays(useCases, {
      accountId,
      clientNetwork: clientNetwork(request.ip),
      failed: isOutage ? { networkId: failed.provider.id, reason: 'just-failed' } : undefined,
    }),
  ])
  const context = await pages.context(request, reply, {
    continueTo,
    signedInAs: account?.name ?? '',
    formAction: await networkOrigins(),
  })
  const page = (
    <StepUpPage
      view={{ ...context.view, path: linkTo(paths.profileConfirm, { continue: continueTo }) }}
      continueTo={continueTo}
      ways={ways}
      identifier={primaryEmail(identifiers)?.display}
      problem={problem}
      failed={failed && { ...failed, network: failed.provider }}
    />
  )
  if (problem?.retryAfter !== undefined) reply.header('retry-after', problem.retryAfter)
  return pages.send(request, reply, context, page, statusFor({ problem, failed }))
}

function statusFor({ problem, failed }: { problem?: Problem | undefined; failed?: FailedAttempt | undefined }): number {
  if (failed) return failureTraits[failed.failure].status
  return problem ? statusOf(problem) : 200
}
