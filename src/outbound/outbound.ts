import type { GuardedFetch } from './guarded-fetch.ts'
import { OutboundError } from './outbound-error.ts'

const maximumBody = 256 * 1024
/** The server works but does not support this method (RFC 9110, 15.6.2), as a token endpoint may answer a GET. */
const notImplemented = 501

type OutboundResponse = Awaited<ReturnType<GuardedFetch>>

export type OutboundOptions = {
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string | URLSearchParams | null | undefined
}

export type Outbound = (url: string, options: OutboundOptions, until: AbortSignal) => Promise<Response>

/**
 * A request to a server that we do not trust: it ends with the signal, follows no redirect, reads at most 256 KiB, and
 * accepts no compressed body, which could expand to any size.
 * @throws OutboundError
 */
export function createOutbound(guardedFetch: GuardedFetch): Outbound {
  return async (url, options, until) => {
    try {
      const headers = { ...options.headers, 'accept-encoding': 'identity' }
      const init = { method: options.method ?? 'GET', headers, body: options.body ?? null }
      const response = await guardedFetch(url, { ...init, redirect: 'manual', signal: until })
      if (response.status >= 500 && response.status !== notImplemented) throw await discard(response, 'error')
      if (response.headers.has('content-encoding')) throw await discard(response, 'nonsense')
      const body = await readBody(response)
      if (response.ok) requireUniqueKeys(body)
      const { status, statusText } = response
      return new Response(status === 204 || status === 304 ? null : body, {
        status,
        statusText,
        headers: [...response.headers],
      })
    } catch (error) {
      if (error instanceof OutboundError) throw error
      throw new OutboundError(until.aborted ? 'slow' : 'unreachable', error)
    }
  }
}

async function discard(response: OutboundResponse, failure: 'error' | 'nonsense'): Promise<OutboundError> {
  await response.body?.cancel()
  return new OutboundError(failure, new Error(`status ${response.status} from ${new URL(response.url).origin}`))
}

async function readBody(response: OutboundResponse): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    if (length > maximumBody) throw new OutboundError('nonsense', new Error(`more than ${maximumBody} bytes`))
    chunks.push(chunk)
  }
  return new TextDecoder().decode(Buffer.concat(chunks))
}

/** With duplicate keys, what one parser checks may differ from what another parser uses. */
function requireUniqueKeys(body: string): void {
  let keys = 0
  try {
    JSON.parse(body, function count(this: unknown, key, value) {
      if (key !== '' && !Array.isArray(this)) keys += 1
      return value
    })
  } catch (error) {
    if (error instanceof RangeError) throw new OutboundError('nonsense', error)
    return // Not JSON: a caller that expects JSON reports it.
  }
  const written = [...body.matchAll(/"((?:[^"\\]|\\.)*)"(\s*:)?/g)].filter(([, text, colon]) => text && colon)
  if (written.length > keys) throw new OutboundError('nonsense', new Error('duplicate key'))
}
