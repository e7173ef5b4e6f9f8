import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The portals' back-channel logout endpoint. */
export type BackChannel = {
  readonly url: string
  /** Logout tokens by portal since the last call. */
  readonly take: () => readonly { readonly portal: string; readonly token: string }[]
  /** `down` answers 503; `silent` leaves requests unanswered until the state changes. */
  readonly become: (state: 'well' | 'down' | 'silent') => void
  /** Resolves when the next request arrives. */
  readonly asked: () => Promise<unknown>
  readonly close: () => Promise<void>
}

export async function startBackChannel(): Promise<BackChannel> {
  let state: 'well' | 'down' | 'silent' = 'well'
  let tokens: { portal: string; token: string }[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    server.emit('asked')
    if (state === 'silent') return
    if (state === 'well') {
      tokens.push({
        portal: request.url?.slice(1) ?? '',
        token: new URLSearchParams(body).get('logout_token') ?? '',
      })
    }
    response.writeHead(state === 'well' ? 200 : 503).end()
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    take: () => {
      const taken = tokens
      tokens = []
      return taken
    },
    become: (next) => {
      if (state === 'silent') server.closeAllConnections()
      state = next
    },
    asked: () => once(server, 'asked'),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
