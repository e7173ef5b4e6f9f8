import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { systemRandom } from '#kernel/random.ts'
import { createSecrets } from '#kernel/secret.ts'
import { type Preset, presets } from '../presets/index.ts'
import type { Provider } from '../provider.ts'

export type ReceivedRequest = {
  readonly method: string
  /** `graph.facebook.com/v25.0/me` */
  readonly place: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly body: URLSearchParams
}

/** `undefined` is 404. */
export type Answer = { readonly status?: number; readonly body: unknown } | undefined

export type LoopbackNetworks = {
  /** Answers each request from now on. */
  answer: (asked: ReceivedRequest) => Answer
  /** Requests since the last call of `provider`. */
  readonly asked: ReceivedRequest[]
  /** The provider of a preset, with all URLs on loopback. */
  readonly provider: (id: keyof typeof presets, change?: Partial<Provider>) => Provider
  /** Rewrites every `https://host` in a text to loopback. */
  readonly relocate: (text: string) => string
  /** Signs an id_token. */
  readonly sign: (claims: Record<string, unknown>) => Promise<string>
  readonly keys: () => unknown
  readonly close: () => void
}

export const secrets = createSecrets([Buffer.alloc(32, 1)], systemRandom)

/** Networks whose answers a test controls. The host in a preset's URL becomes the first part of the path. */
export async function startLoopbackNetworks(): Promise<LoopbackNetworks> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  const jwk = { ...(await exportJWK(publicKey)), kid: 'key', alg: 'ES256', use: 'sig' }
  const server = createServer(async (request, response) => {
    const asked = await read(request)
    networks.asked.push(asked)
    const answer = networks.answer(asked)
    const body = JSON.stringify(answer?.body ?? { error: 'not_found' })
    response.writeHead(answer ? (answer.status ?? 200) : 404, { 'content-type': 'application/json' }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const base = `http://localhost:${(server.address() as AddressInfo).port}`
  const relocate = (text: string) => text.replaceAll('https://', `${base}/`)
  const networks: LoopbackNetworks = {
    answer: () => undefined,
    asked: [],
    relocate,
    provider: (id, change) => {
      networks.asked.length = 0
      const { kind, name, logo, issuer, settings }: Preset = JSON.parse(relocate(JSON.stringify(presets[id])))
      const clientSecret = secrets.encrypt('provider-secret', 'secret')
      const row = { enabled: true, createdAt: 0, secretExpiresAt: null }
      return { id, kind, name, logo, issuer, settings, clientId: 'client', clientSecret, ...row, ...change }
    },
    sign: (claims) => new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'key' }).sign(privateKey),
    keys: () => ({ keys: [jwk] }),
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
  return networks
}

async function read(request: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const url = new URL(request.url ?? '', 'http://localhost')
  return {
    method: request.method ?? '',
    place: url.pathname.slice(1),
    query: url.searchParams,
    headers: request.headers,
    body: new URLSearchParams(Buffer.concat(chunks).toString('utf8')),
  }
}
