import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  type BeginAttemptDeps,
  type BrowserCheck,
  beginAttempt,
  callbackPath,
  type FailedAttempt,
  type Failure,
  type FinishAttemptDeps,
  type FinishedAttempt,
  failureStatus,
  finishAttempt,
  type Identified,
  lastAttempt,
  startPath,
  type WayBackDeps,
} from '#features/federation/index.ts'
import type { BrowserSessions } from '#features/session/index.ts'
import {
  clientNetwork,
  type FormFields,
  formOf,
  httpProblem,
  localPath,
  type Pages,
  queryText,
  textField,
} from '#http/index.ts'
import { linkTo } from '#ui/link.ts'
import { FailedNetworkPage } from './failed-network.page.tsx'
import { LinkProofPage } from './link-proof.page.tsx'
import { type OfferInput, type OfferWaysDeps, offerWays } from './offer-ways.ts'
import { signInPath } from './sign-in-urls.ts'
import { type SignedInWithNetwork, type SignInWithNetworkDeps, signInWithNetwork } from './sign-in-with-network.ts'

/** Goes on when a journey that was no sign-in is over: the profile linked a network, or wanted a fresh proof. */
export type OtherReturn = (
  request: FastifyRequest,
  reply: FastifyReply,
  returned: FinishedAttempt,
) => Promise<FastifyReply>

export type NetworkRoutesDeps = {
  readonly useCases: BeginAttemptDeps & FinishAttemptDeps & SignInWithNetworkDeps & OfferWaysDeps & WayBackDeps
  readonly pages: Pages
  readonly sessions: BrowserSessions
  /** Origins that the forms of the social networks lead to. */
  readonly networkOrigins: () => Promise<readonly string[]>
  readonly otherReturn: OtherReturn
}

/** What the browser's own look at the network came to, if it looked. */
export function browserCheckOf(form: FormFields): BrowserCheck | undefined {
  const text = textField(form, 'check')
  return text === 'reachable' || text === 'unreachable' ? text : undefined
}

type Explained = Pick<FailedAttempt, 'provider' | 'continueTo' | 'reference' | 'code'> & { readonly failure: Failure }

const answerFields = ['code', 'state', 'error', 'error_description', 'iss', 'user']
const longestAnswer = 4_096

/**
 * The answer of a network that has the browser post it (Apple). Our cookies do not come along with a form of another
 * site; they do with the redirect that makes a question of it, so that nothing is decided and nothing changes here.
 */
function postedAnswer(form: FormFields): string {
  const query = new URLSearchParams(
    answerFields.flatMap((name) => (form.has(name) ? [[name, form.get(name) ?? '']] : [])),
  )
  const text = query.toString()
  if (!query.has('state') || text.length > longestAnswer) throw httpProblem('http.form-malformed')
  return text
}

type Of = { readonly Params: { readonly provider: string } }

/** To a social network and back. */
export function networkRoutes(app: FastifyInstance, deps: NetworkRoutesDeps): void {
  const { pages, sessions, useCases } = deps

  // The pages below answer at addresses that mean nothing when they are opened again.
  const contextFor = async (request: FastifyRequest, reply: FastifyReply, path: string, continueTo: string) => {
    const formAction = await deps.networkOrigins()
    const context = await pages.context(request, reply, { continueTo, formAction })
    return { ...context, view: { ...context.view, path: linkTo(path, { continue: continueTo }) } }
  }
  const offer = (request: FastifyRequest, more: Pick<OfferInput, 'failed' | 'accountId'>) =>
    offerWays(useCases, {
      knownToken: sessions.knownToken(request),
      clientNetwork: clientNetwork(request.ip),
      ...more,
    })
  const explain = async (request: FastifyRequest, reply: FastifyReply, explained: Explained) => {
    const { provider, failure, code, continueTo, reference } = explained
    const ways = await offer(request, { failed: { networkId: provider.id, reason: 'just-failed' } })
    const context = await contextFor(request, reply, startPath(provider.id), continueTo)
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
    return pages.send(request, reply, context, page, failureStatus[failure])
  }
  const askForProof = async (
    request: FastifyRequest,
    reply: FastifyReply,
    { provider, attempt }: Identified,
    { accountId, identifier }: Extract<SignedInWithNetwork, { next: 'link-proof' }>,
  ) => {
    const { continueTo } = attempt
    // The network vouches for the address like a mail to it would: its owner may know what the account has.
    const ways = await offer(request, { accountId })
    const context = await contextFor(request, reply, signInPath, continueTo)
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

  app.post<Of>(startPath(':provider'), async (request, reply) => {
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
      browserCheck: browserCheckOf(form),
      anyway: textField(form, 'anyway') === '1',
    })
    if (begun.next === 'network') return reply.redirect(begun.url.href, 303)
    if (stepUp) return deps.otherReturn(request, reply, begun)
    // A page with an address of its own: reloading it, and coming back to it, works.
    const { provider, continueTo } = begun.failed
    return reply.redirect(linkTo(startPath(provider.id), { continue: continueTo }), 303)
  })
  app.get<Of>(startPath(':provider'), async (request, reply) => {
    const last = await lastAttempt(useCases, await sessions.browser(request))
    if (last?.failure && last.provider.id === request.params.provider) {
      return explain(request, reply, { ...last, failure: last.failure })
    }
    const continueTo = queryText(request, 'continue') ?? last?.continueTo
    return reply.redirect(linkTo(signInPath, { continue: continueTo && localPath(continueTo) }), 303)
  })
  app.post<Of>(callbackPath(':provider'), { config: { csrf: false } }, (request, reply) =>
    reply.redirect(
      `${callbackPath(encodeURIComponent(request.params.provider))}?${postedAnswer(formOf(request))}`,
      303,
    ),
  )
  // A question about the headers alone (HEAD) would use up the answer.
  app.get<Of>(callbackPath(':provider'), { exposeHeadRoute: false }, async (request, reply) => {
    const browser = await sessions.browser(request)
    const { provider } = request.params
    if (!(await useCases.read.providers.find(provider))) {
      // Taken away while the person was there, who still wants to get to where they were going.
      const begun = browser.browserHash && (await useCases.read.attempts.findLatestOfBrowser(browser.browserHash))
      if (!begun || begun.providerId !== provider) throw httpProblem('http.not-found')
      return reply.redirect(linkTo(signInPath, { continue: begun.continueTo }), 303)
    }
    const returned = await finishAttempt(useCases, {
      providerId: provider,
      query: request.url.replace(/^[^?]*\??/, ''),
      browserHash: browser.browserHash,
      clientNetwork: browser.clientNetwork,
      otherwiseTo: localPath(undefined),
    })
    const { purpose } = returned.next === 'failed' ? returned.failed : returned.attempt
    if (purpose !== 'sign-in') return deps.otherReturn(request, reply, returned)
    if (returned.next === 'failed') {
      const { failed } = returned
      if (failed.failure !== 'expired') return explain(request, reply, failed)
      // Brought before: the page is reloaded, or somebody was impatient.
      const last = await lastAttempt(useCases, browser)
      if (!last && browser.session) return reply.redirect(failed.continueTo, 303)
      const failure = last?.reference === failed.reference ? last.failure : null
      return explain(request, reply, failure ? { ...failed, failure, code: last?.code } : failed)
    }
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
