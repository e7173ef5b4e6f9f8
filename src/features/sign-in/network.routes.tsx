import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { formOf, localPath, type Pages, textField } from '../../http/index.ts'
import { linkTo } from '../../ui/link.ts'
import {
  type BeginAttemptDeps,
  type BrowserCheck,
  beginAttempt,
  callbackPath,
  type FailedAttempt,
  type FinishAttemptDeps,
  type FinishedAttempt,
  finishAttempt,
  type Identified,
  startPath,
} from '../federation/index.ts'
import type { BrowserSessions } from '../session/index.ts'
import { FailedNetworkPage, type Failure } from './failed-network.page.tsx'
import { LinkProofPage } from './link-proof.page.tsx'
import { type OfferWaysDeps, offerWays } from './offer-ways.ts'
import { signInPath } from './sign-in-urls.ts'
import { type SignedInWithNetwork, type SignInWithNetworkDeps, signInWithNetwork } from './sign-in-with-network.ts'

/** Goes on when a journey that was no sign-in is over: the profile linked a network, or wanted a fresh proof. */
export type OtherReturn = (
  request: FastifyRequest,
  reply: FastifyReply,
  returned: FinishedAttempt,
) => Promise<FastifyReply>

export type NetworkRoutesDeps = {
  readonly useCases: BeginAttemptDeps & FinishAttemptDeps & SignInWithNetworkDeps & OfferWaysDeps
  readonly pages: Pages
  readonly sessions: BrowserSessions
  /** Origins that the forms of the social networks lead to. */
  readonly networkOrigins: () => Promise<readonly string[]>
  readonly otherReturn: OtherReturn
}

const statuses: Readonly<Record<Failure, number>> = {
  cancelled: 400,
  refused: 403,
  unreachable: 503,
  'unreachable-here': 503,
  slow: 504,
  nonsense: 502,
  error: 502,
  expired: 410,
  'not-this-browser': 403,
  'cookies-blocked': 403,
  clock: 502,
  disabled: 403,
  'account-disabled': 403,
  'account-needs-proof': 403,
}

/** What the browser's own look at the network came to, if it looked. */
function browserCheckOf(text: string): BrowserCheck | undefined {
  return text === 'reachable' || text === 'unreachable' ? text : undefined
}

type Explained = Pick<FailedAttempt, 'provider' | 'continueTo' | 'reference'> & { readonly failure: Failure }

/** To a social network and back. */
export function networkRoutes(app: FastifyInstance, deps: NetworkRoutesDeps): void {
  const { pages, sessions, useCases } = deps

  // The pages below answer at addresses that mean nothing when they are opened again.
  const contextFor = async (request: FastifyRequest, reply: FastifyReply, continueTo: string) => {
    const formAction = await deps.networkOrigins()
    const context = await pages.context(request, reply, { continueTo, formAction })
    return { ...context, view: { ...context.view, path: linkTo(signInPath, { continue: continueTo }) } }
  }
  const explain = async (request: FastifyRequest, reply: FastifyReply, explained: Explained) => {
    const { provider, failure, continueTo, reference } = explained
    const failed = { networkId: provider.id, reason: 'just-failed' } as const
    const ways = await offerWays(useCases, { knownToken: sessions.knownToken(request), failed })
    const context = await contextFor(request, reply, continueTo)
    const page = (
      <FailedNetworkPage
        view={context.view}
        network={provider}
        failure={failure}
        ways={ways}
        continueTo={continueTo}
        reference={reference}
      />
    )
    return pages.send(request, reply, context, page, statuses[failure])
  }
  const askForProof = async (
    request: FastifyRequest,
    reply: FastifyReply,
    { provider, attempt }: Identified,
    { accountId, identifier }: Extract<SignedInWithNetwork, { next: 'link-proof' }>,
  ) => {
    const { continueTo } = attempt
    // The network vouches for the address like a mail to it would: its owner may know what the account has.
    const ways = await offerWays(useCases, { knownToken: sessions.knownToken(request), accountId })
    const context = await contextFor(request, reply, continueTo)
    const page = (
      <LinkProofPage
        view={context.view}
        network={provider}
        ways={ways}
        continueTo={continueTo}
        identifier={identifier}
      />
    )
    return pages.send(request, reply, context, page)
  }

  app.post<{ Params: { provider: string } }>(startPath(':provider'), async (request, reply) => {
    const form = formOf(request)
    const browser = await sessions.browser(request)
    const stepUp = textField(form, 'purpose') === 'step-up' ? browser.session : undefined
    const begun = await beginAttempt(useCases, {
      providerId: request.params.provider,
      purpose: stepUp ? 'step-up' : 'sign-in',
      ...(stepUp && { sessionId: stepUp.id }),
      browserHash: browser.browserHash ?? '',
      continueTo: localPath(textField(form, 'continue', 2_000)),
      clientNetwork: browser.clientNetwork,
      locale: pages.language(request),
      browserCheck: browserCheckOf(textField(form, 'check')),
      anyway: textField(form, 'anyway') === '1',
    })
    if (begun.next === 'network') return reply.redirect(begun.url.href, 303)
    return stepUp ? deps.otherReturn(request, reply, begun) : explain(request, reply, begun.failed)
  })
  // The language chooser and the back button come here.
  app.get(startPath(':provider'), (_request, reply) => reply.redirect(signInPath, 303))
  app.get<{ Params: { provider: string } }>(callbackPath(':provider'), async (request, reply) => {
    const browser = await sessions.browser(request)
    const returned = await finishAttempt(useCases, {
      providerId: request.params.provider,
      query: request.url.split('?')[1] ?? '',
      browserHash: browser.browserHash,
      clientNetwork: browser.clientNetwork,
      otherwiseTo: localPath(undefined),
    })
    const { purpose } = returned.next === 'failed' ? returned.failed : returned.attempt
    if (purpose !== 'sign-in') return deps.otherReturn(request, reply, returned)
    if (returned.next === 'failed') return explain(request, reply, returned.failed)
    const outcome = await signInWithNetwork(useCases, { ...returned, browser, locale: pages.language(request) })
    if (outcome.next === 'link-proof') return askForProof(request, reply, returned, outcome)
    if (outcome.next === 'failed') {
      const { continueTo, reference } = returned.attempt
      return explain(request, reply, { provider: returned.provider, failure: outcome.failure, continueTo, reference })
    }
    sessions.keep(reply, outcome.started)
    reply.header('cache-control', 'no-store')
    return reply.redirect(returned.attempt.continueTo, 303)
  })
}
