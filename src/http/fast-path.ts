import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'

/** A response that bypasses the framework. */
export type FastAnswer = { readonly status: number; readonly type: string; readonly body: string }

/** Answers synchronously if storage does: a promise would cost as much as everything else. */
export type FastHandler = (request: IncomingMessage) => FastAnswer | Promise<FastAnswer>

/** By method and path: `GET /api/session`. */
export type FastPath = Map<string, FastHandler>

type PendingAnswer = {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly answer: FastHandler
}

/**
 * Answers the few requests that are so frequent and cheap that the framework would be most of their cost; passes all
 * others on. Requests of one event-loop turn are answered together at its end, so that a client process with many of
 * them is woken once instead of once for each, which costs more than the answers do.
 * @param host the only Host header that is accepted
 */
export function withFastPath(answers: FastPath, host: string, next: RequestListener): RequestListener {
  let waiting: PendingAnswer[] = []
  const answerAll = () => {
    const batch = waiting
    waiting = []
    const answered = batch.map(({ request, answer }) => orUnavailable(() => answer(request)))
    for (const [index, { response }] of batch.entries()) {
      const result = answered[index] ?? unavailable
      if (result instanceof Promise)
        result.then((late) => send(response, late)).catch(() => send(response, unavailable))
      else send(response, result)
    }
  }
  return (request, response) => {
    const answer = answers.get(`${request.method} ${request.url}`)
    // With a wrong host, the framework refuses the request with all the headers of a refusal.
    if (!answer || request.headers.host !== host) return next(request, response)
    if (waiting.push({ request, response, answer }) === 1) setImmediate(answerAll)
  }
}

function orUnavailable(answer: () => FastAnswer | Promise<FastAnswer>): FastAnswer | Promise<FastAnswer> {
  try {
    return answer()
  } catch {
    return unavailable
  }
}

const unavailable: FastAnswer = {
  status: 503,
  type: 'application/problem+json',
  body: '{"type":"about:blank","title":"unavailable","status":503}',
}

function send(response: ServerResponse, { status, type, body }: FastAnswer): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store, private',
    'x-content-type-options': 'nosniff',
  })
  response.end(body)
}

/** The value of one cookie in a Cookie header. */
export function cookieOf(header: string | undefined, name: string): string | undefined {
  if (!header) return undefined
  const begin = header.startsWith(`${name}=`) ? 0 : header.indexOf(`; ${name}=`) + 2
  if (begin === 1) return undefined
  const end = header.indexOf(';', begin)
  return header.slice(begin + name.length + 1, end === -1 ? undefined : end)
}
