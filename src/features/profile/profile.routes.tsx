import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { InTransaction } from '#database/open.ts'
import {
  type BeginAttemptDeps,
  beginAttempt,
  browserCheckOf,
  type FailedAttempt,
  failureTraits,
  type NetworkReturn,
} from '#features/federation/index.ts'
import type { UnlinkNetworkInput } from '#features/network-link/index.ts'
import { type LinkNetworkDeps, linkNetwork } from '#features/network-link/index.ts'
import {
  type BrowserSessions,
  type EndSessionsStores,
  endAllSessions,
  endSession,
  requireFresh,
  type Session,
} from '#features/session/index.ts'
import { clientNetwork, formOf, type Pages, queryText, statusOf, textField } from '#http/index.ts'
import type { AccountId, SessionId } from '#kernel/id.ts'
import { Problem, refusalFrom } from '#kernel/problem.ts'
import { linkNetworkPath, linkTo } from '#ui/link.ts'
import { paths } from '#ui/paths.ts'
import { ProfilePage } from './profile.page.tsx'
import { endSessionPath, unlinkNetworkPath } from './profile-urls.ts'
import { type ShowProfileDeps, type ShowProfileInput, showProfile } from './show-profile.ts'

export type ProfileRoutesDeps = {
  readonly useCases: { readonly inTransaction: InTransaction<EndSessionsStores> } & ShowProfileDeps &
    BeginAttemptDeps &
    LinkNetworkDeps
  readonly unlinkNetwork: (input: UnlinkNetworkInput) => Promise<void>
  readonly pages: Pages
  readonly sessions: BrowserSessions
  /** Origins of the networks, for `form-action` (CSP). */
  readonly networkOrigins: () => Promise<readonly string[]>
  /** Path of the operators' console, if the account is an operator. */
  readonly consolePath: (accountId: AccountId) => Promise<string | undefined>
}

type Shown = {
  readonly problem?: Problem
  readonly failed?: FailedAttempt
  readonly notice?: string | undefined
}

function statusFor({ problem, failed }: Shown): number {
  if (failed) return failureTraits[failed.failure].status
  return problem ? statusOf(problem) : 200
}

const toShownFailure = ({ failed }: Shown) => failed && { ...failed, network: failed.provider }

function inputFor(request: FastifyRequest, session: Session, { failed }: Shown): ShowProfileInput {
  // After a cancellation, the network keeps its place in the list.
  const isOutage = failed && failureTraits[failed.failure].isOutage
  return {
    session,
    clientNetwork: clientNetwork(request.ip),
    failedNetworkId: isOutage ? failed.provider.id : undefined,
  }
}

/** The profile page. Also sent at other paths, such as a network's callback. */
function profilePages({ useCases, pages, networkOrigins, consolePath }: ProfileRoutesDeps) {
  return {
    profile: async (request: FastifyRequest, reply: FastifyReply, session: Session, shown: Shown = {}) => {
      const profile = await showProfile(useCases, inputFor(request, session, shown))
      const options = { signedInAs: profile.name, formAction: await networkOrigins() }
      const context = await pages.context(request, reply, options)
      const page = (
        <ProfilePage
          view={{ ...context.view, path: paths.profile }}
          consolePath={await consolePath(session.accountId)}
          {...profile}
          {...shown}
          failed={toShownFailure(shown)}
        />
      )
      return pages.send(request, reply, context, page, statusFor(shown))
    },
  }
}

const stepUpFirst = linkTo(paths.profileConfirm, { continue: paths.profile })

function needsStepUp(error: unknown): boolean {
  return error instanceof Problem && error.code === 'session.step-up-needed'
}

/** The Network profile. */
export function profileRoutes(app: FastifyInstance, deps: ProfileRoutesDeps): void {
  const { sessions, useCases } = deps
  const show = profilePages(deps)
  const signInFirst = (reply: FastifyReply, continueTo: string) =>
    reply.redirect(linkTo(paths.signIn, { continue: continueTo }), 303)
  const showNotice = (reply: FastifyReply, notice: string) => reply.redirect(linkTo(paths.profile, { notice }), 303)

  /** Registers a change. It needs a session, redirects to the step-up if that is required, and shows other refusals. */
  const change = (
    path: string,
    act: (
      request: FastifyRequest<{ Params: { id: string } }>,
      reply: FastifyReply,
      session: Session,
    ) => Promise<FastifyReply>,
  ) =>
    app.post<{ Params: { id: string } }>(path, async (request, reply) => {
      const session = await sessions.find(request)
      if (!session) return signInFirst(reply, paths.profile)
      try {
        return await act(request, reply, session)
      } catch (error) {
        if (needsStepUp(error)) return reply.redirect(stepUpFirst, 303)
        return show.profile(request, reply, session, { problem: refusalFrom(error) })
      }
    })

  app.get(paths.profile, async (request, reply) => {
    const session = await sessions.find(request)
    if (!session) return signInFirst(reply, paths.profile)
    return show.profile(request, reply, session, { notice: queryText(request, 'notice') })
  })
  change(linkNetworkPath(':id'), async (request, reply, session) => {
    requireFresh(session, useCases.clock)
    const browser = await sessions.browser(request)
    const form = formOf(request)
    const begun = await beginAttempt(useCases, {
      providerId: request.params.id,
      purpose: 'link',
      sessionId: session.id,
      browserHash: browser.browserHash ?? '',
      continueTo: paths.profile,
      clientNetwork: browser.clientNetwork,
      locale: deps.pages.language(request),
      browserCheck: browserCheckOf(form),
      anyway: textField(form, 'anyway') === '1',
    })
    if (begun.next === 'failed') return show.profile(request, reply, session, { failed: begun.failed })
    return reply.redirect(begun.url.href, 303)
  })
  change(unlinkNetworkPath(':id'), async (request, reply, session) => {
    await deps.unlinkNetwork({ session, providerId: request.params.id, clientNetwork: clientNetwork(request.ip) })
    return showNotice(reply, 'network-unlinked')
  })
  change(endSessionPath(':id'), async (request, reply, { accountId }) => {
    const id = request.params.id as SessionId
    await useCases.inTransaction((stores) => endSession(useCases, stores, accountId, id))
    return showNotice(reply, 'session-ended')
  })
  change(paths.profileSessionsEndAll, async (_request, reply, { accountId }) => {
    await useCases.inTransaction((stores) => endAllSessions(useCases, stores, accountId))
    sessions.forget(reply)
    return reply.redirect(paths.signIn, 303)
  })
}

/** Links the network at the end of an attempt that the profile started. */
export function linkReturn(deps: ProfileRoutesDeps): NetworkReturn {
  const { sessions, useCases } = deps
  const show = profilePages(deps)
  return {
    identified: async (request, reply, identified) => {
      const session = await sessions.find(request)
      if (!session) return reply.redirect(linkTo(paths.signIn, { continue: paths.profile }), 303)
      try {
        await linkNetwork(useCases, identified, session)
        return reply.redirect(linkTo(paths.profile, { notice: 'network-linked' }), 303)
      } catch (error) {
        if (needsStepUp(error)) return reply.redirect(stepUpFirst, 303)
        return show.profile(request, reply, session, { problem: refusalFrom(error) })
      }
    },
    failed: async (request, reply, failed) => {
      const session = await sessions.find(request)
      if (!session) return reply.redirect(linkTo(paths.signIn, { continue: paths.profile }), 303)
      return show.profile(request, reply, session, { failed })
    },
  }
}
