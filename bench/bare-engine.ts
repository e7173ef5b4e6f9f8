// The baseline of the code flow: plain oidc-provider with everything in a Map, and a login step that only redirects.
import '#oidc/silence-lts-warning.ts'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair } from 'jose'
import Provider, { type Adapter, type AdapterPayload } from 'oidc-provider'

const stored = new Map<string, AdapterPayload>()
const byUid = new Map<string, string>()

class MapAdapter implements Adapter {
  readonly #model: string
  constructor(model: string) {
    this.#model = model
  }
  #key(id: string): string {
    return `${this.#model}:${id}`
  }
  async upsert(id: string, payload: AdapterPayload): Promise<void> {
    stored.set(this.#key(id), payload)
    if (this.#model === 'Session' && payload.uid) byUid.set(payload.uid, id)
  }
  async find(id: string) {
    return stored.get(this.#key(id))
  }
  async findByUid(uid: string) {
    return stored.get(this.#key(byUid.get(uid) ?? ''))
  }
  async findByUserCode() {
    return undefined
  }
  async consume(id: string) {
    const found = stored.get(this.#key(id))
    if (found) found.consumed = Math.floor(Date.now() / 1000)
  }
  async destroy(id: string) {
    stored.delete(this.#key(id))
  }
  async revokeByGrantId() {}
}

const { privateKey } = await generateKeyPair('ES256', { extractable: true })
const port = Number(process.argv[2])
const redirectUri = process.argv[3] as string
const provider = new Provider(`http://localhost:${port}`, {
  adapter: MapAdapter,
  jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig', kid: 'k' }] },
  cookies: { keys: ['bench'] },
  pkce: { required: () => true },
  clients: [
    {
      client_id: 'bench',
      client_secret: 'secret',
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code', 'refresh_token'],
      id_token_signed_response_alg: 'ES256',
    },
  ],
  features: { devInteractions: { enabled: false } },
  ttl: { Session: 3600, Grant: 3600, Interaction: 600, AccessToken: 600, IdToken: 600, RefreshToken: 3600 },
  findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
  interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
  loadExistingGrant: async (context) => {
    const { client, session, provider: engine } = context.oidc
    if (!client || !session?.accountId) return undefined
    const known = session.grantIdFor(client.clientId)
    const existing = known ? await engine.Grant.find(known) : undefined
    if (existing) return existing
    const grant = new engine.Grant({ clientId: client.clientId, accountId: session.accountId })
    grant.addOIDCScope('openid offline_access')
    await grant.save()
    return grant
  },
})
const answer = provider.callback()
const server = createServer((request, response) => {
  if (!request.url?.startsWith('/interaction/')) return answer(request, response)
  return provider.interactionFinished(request, response, { login: { accountId: 'anna' } })
})
server.listen(port, 'localhost', () => process.send?.((server.address() as AddressInfo).port))
