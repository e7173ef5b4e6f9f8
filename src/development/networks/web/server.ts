import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Answer, problemJson } from './answer.ts'

export type Visit = {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** Aborted when the visitor disconnects. */
  readonly gone: AbortSignal
}

/** Answers a request; 'reset' resets the connection. */
export type Respond = (visit: Visit) => Promise<Answer | 'reset'>

export type Server = { readonly url: string; readonly close: () => Promise<void> }

const longestBody = 64 * 1024

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    length += chunk.length
    if (length <= longestBody) chunks.push(chunk)
  }
  return length > longestBody ? undefined : Buffer.concat(chunks).toString('utf8')
}

async function send(response: ServerResponse, { status, headers, body }: Answer): Promise<void> {
  response.writeHead(status, headers as Record<string, string | string[]>)
  if (body instanceof Readable) await pipeline(body, response)
  else response.end(body)
}

async function answerFor(request: IncomingMessage, base: string, gone: AbortSignal, respond: Respond) {
  // Use our own origin instead of the Host header.
  const url = URL.parse(base + request.url)
  const body = await readBody(request)
  if (!url) return problemJson(400, 'The address is malformed')
  if (body === undefined) return problemJson(413, 'The body is too large')
  return respond({ method: request.method ?? 'GET', url, headers: request.headers, body, gone })
}

/** Listens only on loopback. Port 0 chooses a free port. */
export async function startServer(port: number, responder: (url: string) => Respond): Promise<Server> {
  const server = createServer(async (request, response) => {
    const gone = new AbortController()
    response.on('close', () => gone.abort())
    try {
      const answer = await answerFor(request, url, gone.signal, respond)
      if (answer === 'reset') request.socket.resetAndDestroy()
      else await send(response, answer)
    } catch (error) {
      // The visitor disconnected: there is nobody to answer, and the error is not ours.
      if (gone.signal.aborted) return
      console.error(error)
      if (response.headersSent) response.destroy()
      else await send(response, problemJson(500, 'Internal error'))
    }
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const url = `http://localhost:${(server.address() as AddressInfo).port}`
  const respond = responder(url)
  return {
    url,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
