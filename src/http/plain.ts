import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'

/** An answer made without the framework. */
export type PlainAnswer = (
  request: IncomingMessage,
) => Promise<{ readonly status: number; readonly type: string; readonly body: string }>

/** By method and path: `GET /api/session`. */
export type PlainAnswers = Map<string, PlainAnswer>

/**
 * Answers the few requests that come so often that the framework's share would be most of their cost; all others are
 * handed on.
 * @param host the only name by which they may be asked
 */
export function plainFirst(answers: PlainAnswers, host: string, next: RequestListener): RequestListener {
  return (request, response) => {
    const answer = answers.get(`${request.method} ${request.url}`)
    // By another name, or in trouble: the framework refuses it with everything that belongs to a refusal.
    if (!answer || request.headers.host !== host) return next(request, response)
    answer(request).then(
      ({ status, type, body }) => send(response, status, type, body),
      () =>
        send(response, 503, 'application/problem+json', '{"type":"about:blank","title":"unavailable","status":503}'),
    )
  }
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store, private',
    'x-content-type-options': 'nosniff',
  })
  response.end(body)
}

/** The value of one cookie of a Cookie header. */
export function cookieOf(header: string | undefined, name: string): string | undefined {
  if (!header) return undefined
  const begin = header.startsWith(`${name}=`) ? 0 : header.indexOf(`; ${name}=`) + 2
  if (begin === 1) return undefined
  const end = header.indexOf(';', begin)
  return header.slice(begin + name.length + 1, end === -1 ? undefined : end)
}
