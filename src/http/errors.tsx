import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Problem, type ProblemKind } from '#kernel/problem.ts'
import { ErrorPage } from '#ui/error.page.tsx'
import { paths } from '#ui/paths.ts'
import { localPath } from './local-path.ts'
import type { Pages } from './pages.ts'
import { formOf } from './server.ts'

const statuses: Readonly<Record<ProblemKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  expired: 410,
  throttled: 429,
  unavailable: 503,
}

/** The only place where a kind of problem becomes a status. */
export function statusOf(problem: Problem): number {
  return statuses[problem.kind]
}

/** The status of a page that may show a problem. Sets Retry-After for a temporary one. */
export function pageStatus(reply: FastifyReply, problem: Problem | undefined): number {
  if (!problem) return 200
  if (problem.retryAfter !== undefined) reply.header('retry-after', problem.retryAfter)
  return statusOf(problem)
}

type Refusal = {
  readonly status: number
  readonly code?: string
  readonly retryAfter?: number | undefined
  readonly field?: string | undefined
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Problem) {
    return { status: statusOf(error), code: error.code, retryAfter: error.retryAfter, field: error.field }
  }
  // Fastify's own errors: a malformed or oversized body, an unknown media type.
  const { statusCode } = error as { statusCode?: number }
  return { status: statusCode !== undefined && statusCode >= 400 && statusCode < 500 ? statusCode : 500 }
}

function wantsJson(request: FastifyRequest): boolean {
  return (
    request.url.startsWith(`${paths.api}/`) || /^application\/(json|problem\+json)/.test(request.headers.accept ?? '')
  )
}

/** RFC 9457. */
function sendProblem(reply: FastifyReply, refusal: Refusal, instance: string): FastifyReply {
  reply.status(refusal.status).header('content-type', 'application/problem+json').header('cache-control', 'no-store')
  return reply.serializer(JSON.stringify).send({
    type: refusal.code ? `urn:einlass:problem:${refusal.code}` : 'about:blank',
    title: refusal.code ?? (refusal.status === 500 ? 'internal-error' : 'refused'),
    status: refusal.status,
    ...(refusal.code && { code: refusal.code }),
    ...(refusal.field && { field: refusal.field }),
    instance,
  })
}

/** Handles every error that has no page of its own: a refusal, or a fault with its reference. */
export function handleErrors(app: FastifyInstance, pages: Pages): void {
  const answer = async (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const refusal = refusalOf(error)
    if (refusal.status >= 500 && !(error instanceof Problem)) request.log.error({ err: error }, 'fault')
    else request.log.debug({ err: error }, 'refused')
    if (refusal.retryAfter !== undefined) reply.header('retry-after', refusal.retryAfter)
    if (wantsJson(request)) return sendProblem(reply, refusal, `urn:einlass:request:${request.id}`)
    // Lets people start over where they were: after two tabs raced for the browser cookie, after allowing cookies, or
    // after waiting for a rate limit.
    const requested = formOf(request).get('continue')
    const continueTo = requested === undefined ? '' : localPath(requested)
    const context = await pages.context(request, reply, { continueTo })
    const page = (
      <ErrorPage
        view={context.view}
        status={refusal.status}
        code={refusal.code}
        retryAfter={refusal.retryAfter}
        reference={request.id}
        continueTo={continueTo}
      />
    )
    return pages.send(request, reply, context, page, refusal.status)
  }
  app.setErrorHandler(answer)
  app.setNotFoundHandler((request, reply) => answer(new Problem('not-found', 'http.not-found'), request, reply))
}
