import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'

/** What is answered without the framework. */
export type FastAnswer = { readonly status: number; readonly type: string; readonly body: string }

/** Makes the answer, at once where storage answers at once: a promise costs as much as the rest. */
export type FastHandler = (request: IncomingMessage) => FastAnswer | Promise<FastAnswer>

/** By method and path: `GET /api/session`. */
export type FastPath = Map<string, FastHandler>

type PendingAnswer = {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly answer: FastHandler
}

/**
 * Answers the few requests that come so often that the framework's share would be most of their cost; all others are
 * handed on. Those that come in one turn of the event loop are answered at its end, one right after the other: whoever
 * asks is woken once and not for each of them, which costs more than the answers.
 * @param host the only name by which they may be asked
 */
export function withFastPath(answers: FastPath, host: string, next: RequestListener): RequestListener {
  let waiting: PendingAnswer[] = []
  const answerAll = () => {
    const asked = waiting
    waiting = []
    const made = asked.map(({ request, answer }) => attempt(() => answer(request)))
    for (const [index, { response }] of asked.entries()) {
      const plain = made[index] ?? unavailable
      if (plain instanceof Promise) plain.then((late) => send(response, late)).catch(() => send(response, unavailable))
      else send(response, plain)
    }
  }
  return (request, response) => {
    const answer = answers.get(`${request.method} ${request.url}`)
    // By another name, or in trouble: the framework refuses it with everything that belongs to a refusal.
    if (!answer || request.headers.host !== host) return next(request, response)
    if (waiting.push({ request, response, answer }) === 1) setImmediate(answerAll)
  }
}

function attempt(make: () => FastAnswer | Promise<FastAnswer>): FastAnswer | Promise<FastAnswer> {
  try {
    return make()
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

/** The value of one cookie of a Cookie header. */
export function cookieOf(header: string | undefined, name: string): string | undefined {
  if (!header) return undefined
  const begin = header.startsWith(`${name}=`) ? 0 : header.indexOf(`; ${name}=`) + 2
  if (begin === 1) return undefined
  const end = header.indexOf(';', begin)
  return header.slice(begin + name.length + 1, end === -1 ? undefined : end)
}
