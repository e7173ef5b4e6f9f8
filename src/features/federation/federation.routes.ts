import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { BrowserSessions } from '#features/session/index.ts'
import { type FormFields, formOf, httpProblem, localPath, type Pages, queryText, textField } from '#http/index.ts'
import { linkTo } from '#ui/link.ts'
import { paths } from '#ui/paths.ts'
import type { AttemptPurpose } from './attempt.ts'
import { type BeginAttemptDeps, type BrowserCheck, beginAttempt, type FailedAttempt } from './begin-attempt.ts'
import { callbackPath, startPath } from './federation-urls.ts'
import { type FinishAttemptDeps, finishAttempt, type Identified } from './finish-attempt.ts'
import { type LastAttemptDeps, lastAttempt } from './last-attempt.ts'

/** Handlers for the end of a trip to a network. */
export type NetworkReturn = {
  readonly identified: (request: FastifyRequest, reply: FastifyReply, identified: Identified) => Promise<FastifyReply>
  readonly failed: (request: FastifyRequest, reply: FastifyReply, failed: FailedAttempt) => Promise<FastifyReply>
}

export type FederationRoutesDeps = {
  readonly useCases: BeginAttemptDeps & FinishAttemptDeps & LastAttemptDeps
  readonly pages: Pick<Pages, 'language'>
  readonly sessions: BrowserSessions
  /** One for each purpose, provided by the features that send people to a network. */
  readonly returns: Readonly<Record<AttemptPurpose, NetworkReturn>>
}

type ProviderRoute = { readonly Params: { readonly provider: string } }

/** The routes to a network and back. */
export function federationRoutes(app: FastifyInstance, deps: FederationRoutesDeps): void {
  app.post<ProviderRoute>(startPath(':provider'), (request, reply) => start(deps, request, reply))
  app.get<ProviderRoute>(startPath(':provider'), (request, reply) => explainLast(deps, request, reply))
  app.post<ProviderRoute>(callbackPath(':provider'), { config: { csrf: false } }, (request, reply) =>
    reply.redirect(
      `${callbackPath(encodeURIComponent(request.params.provider))}?${postedAnswer(formOf(request))}`,
      303,
    ),
  )
  // HEAD must not consume the attempt.
  app.get<ProviderRoute>(callbackPath(':provider'), { exposeHeadRoute: false }, (request, reply) =>
    finish(deps, request, reply),
  )
}

/** Result of the browser's own reachability check, if it made one. */
export function browserCheckOf(form: FormFields): BrowserCheck | undefined {
  const text = textField(form, 'check')
  return text === 'reachable' || text === 'unreachable' ? text : undefined
}

async function start(
  { useCases, pages, sessions, returns }: FederationRoutesDeps,
  request: FastifyRequest<ProviderRoute>,
  reply: FastifyReply,
): Promise<FastifyReply> {
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
  if (stepUp) return returns['step-up'].failed(request, reply, begun.failed)
  // Redirect, so that reloading and going back to the explanation work.
  const { provider, continueTo } = begun.failed
  return reply.redirect(linkTo(startPath(provider.id), { continue: continueTo }), 303)
}

/** Explains again, on a reload, why this browser's last sign-in through the network failed. */
async function explainLast(
  { useCases, sessions, returns }: FederationRoutesDeps,
  request: FastifyRequest<ProviderRoute>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const last = await lastAttempt(useCases, await sessions.browser(request))
  if (last?.failure && last.provider.id === request.params.provider) {
    return returns['sign-in'].failed(request, reply, { ...last, failure: last.failure, purpose: 'sign-in' })
  }
  const continueTo = queryText(request, 'continue') ?? last?.continueTo
  return reply.redirect(linkTo(paths.signIn, { continue: continueTo && localPath(continueTo) }), 303)
}

async function finish(
  { useCases, sessions, returns }: FederationRoutesDeps,
  request: FastifyRequest<ProviderRoute>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const browser = await sessions.browser(request)
  const { provider } = request.params
  if (!(await useCases.read.providers.find(provider))) {
    // The network was removed in the meantime. Keep the person's destination.
    const begun = browser.browserHash && (await useCases.read.attempts.findLatestOfBrowser(browser.browserHash))
    if (!begun || begun.providerId !== provider) throw httpProblem('http.not-found')
    return reply.redirect(linkTo(paths.signIn, { continue: begun.continueTo }), 303)
  }
  const returned = await finishAttempt(useCases, {
    providerId: provider,
    query: request.url.replace(/^[^?]*\??/, ''),
    browserHash: browser.browserHash,
    clientNetwork: browser.clientNetwork,
    otherwiseTo: localPath(undefined),
  })
  if (returned.next === 'failed') return returns[returned.failed.purpose].failed(request, reply, returned.failed)
  return returns[returned.attempt.purpose].identified(request, reply, returned)
}

const answerFields = ['code', 'state', 'error', 'error_description', 'iss', 'user']
const longestAnswer = 4_096

/**
 * Turns an answer sent with `response_mode=form_post` (Apple) into a query. SameSite cookies are not sent with a
 * cross-site form post, but they are with the redirect to this query. So the post itself must not change anything.
 */
function postedAnswer(form: FormFields): string {
  const query = new URLSearchParams(
    answerFields.flatMap((name) => (form.has(name) ? [[name, form.get(name) ?? '']] : [])),
  )
  const text = query.toString()
  if (!query.has('state') || text.length > longestAnswer) throw httpProblem('http.form-malformed')
  return text
}
