import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  type FailedAttempt,
  failureTraits,
  type Identified,
  type LastAttemptDeps,
  lastAttempt,
  type NetworkReturn,
  startPath,
} from '#features/federation/index.ts'
import type { BrowserSessions } from '#features/session/index.ts'
import { clientNetwork, type Pages } from '#http/index.ts'
import { linkTo } from '#ui/link.ts'
import { paths } from '#ui/paths.ts'
import { FailedNetworkPage } from './failed-network.page.tsx'
import { LinkProofPage } from './link-proof.page.tsx'
import { type SignedInWithNetwork, type SignInWithNetworkDeps, signInWithNetwork } from './sign-in-with-network.ts'
import { type OfferInput, type OfferWaysDeps, offerWays } from './ways/offer-ways.ts'

export type SignInReturnDeps = {
  readonly useCases: SignInWithNetworkDeps & OfferWaysDeps & LastAttemptDeps
  readonly pages: Pages
  readonly sessions: BrowserSessions
  /** Origins of the networks, for `form-action` (CSP). */
  readonly networkOrigins: () => Promise<readonly string[]>
}

/** Signs in a person who came back from a network, or explains the failure. */
export function signInReturn(deps: SignInReturnDeps): NetworkReturn {
  const { pages, sessions, useCases } = deps
  return {
    identified: async (request, reply, identified) => {
      const browser = await sessions.browser(request)
      const outcome = await signInWithNetwork(useCases, { ...identified, browser, locale: pages.language(request) })
      if (outcome.next === 'link-proof') return askForProof(deps, request, reply, identified, outcome)
      const { provider, attempt } = identified
      if (outcome.next === 'failed') {
        return explain(deps, request, reply, { ...attempt, provider, failure: outcome.failure, code: undefined })
      }
      reply.header('cache-control', 'no-store')
      if (outcome.next === 'second-authenticator-needed') return reply.redirect(paths.secondStep, 303)
      sessions.keep(reply, outcome.started)
      return reply.redirect(attempt.continueTo, 303)
    },
    failed: async (request, reply, failed) => {
      if (failed.failure !== 'expired') return explain(deps, request, reply, failed)
      // The answer was consumed before: a reload or a double click.
      const browser = await sessions.browser(request)
      const last = await lastAttempt(useCases, browser)
      if (!last && browser.session) return reply.redirect(failed.continueTo, 303)
      const failure = last?.reference === failed.reference ? last.failure : null
      return explain(deps, request, reply, failure ? { ...failed, failure, code: last?.code } : failed)
    },
  }
}

async function explain(
  deps: SignInReturnDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { provider, failure, code, continueTo, reference }: FailedAttempt,
): Promise<FastifyReply> {
  const ways = await offer(deps, request, { failed: { networkId: provider.id, reason: 'just-failed' } })
  const context = await contextFor(deps, request, reply, startPath(provider.id), continueTo)
  const page = (
    <FailedNetworkPage
      view={context.view}
      network={provider}
      failure={failure}
      code={code}
      ways={ways}
      continueTo={continueTo}
      reference={reference}
    />
  )
  return deps.pages.send(request, reply, context, page, failureTraits[failure].status)
}

async function askForProof(
  deps: SignInReturnDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { provider, attempt }: Identified,
  { accountId, identifier }: Extract<SignedInWithNetwork, { next: 'link-proof' }>,
): Promise<FastifyReply> {
  const { continueTo } = attempt
  // The network has verified the address, so its owner may see the account's ways in.
  const ways = await offer(deps, request, { accountId })
  const context = await contextFor(deps, request, reply, paths.signIn, continueTo)
  const page = (
    <LinkProofPage view={context.view} network={provider} ways={ways} continueTo={continueTo} identifier={identifier} />
  )
  return deps.pages.send(request, reply, context, page)
}

function offer(
  { useCases, sessions }: SignInReturnDeps,
  request: FastifyRequest,
  more: Pick<OfferInput, 'failed' | 'accountId'>,
) {
  return offerWays(useCases, {
    knownToken: sessions.knownToken(request),
    clientNetwork: clientNetwork(request.ip),
    ...more,
  })
}

/** The callback URL does not work a second time, so the view's path is one that does. */
async function contextFor(
  { pages, networkOrigins }: SignInReturnDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  path: string,
  continueTo: string,
) {
  const context = await pages.context(request, reply, { continueTo, formAction: await networkOrigins() })
  return { ...context, view: { ...context.view, path: linkTo(path, { continue: continueTo }) } }
}
