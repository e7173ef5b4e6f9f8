import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { systemClock } from '../../kernel/clock.ts'
import { systemRandom } from '../../kernel/random.ts'
import { createSecrets } from '../../kernel/secret.ts'
import { createNetworkClient, type Provider } from '../provider/index.ts'
import type { Incident } from './incident.ts'
import { probeNetwork } from './probe-network.ts'

let answer: { readonly status: number; readonly body: string }
const server = createServer((request, response) => {
  // Whoever only knocks is answered: it is the codes that are not taken.
  if (request.method === 'GET') return response.writeHead(405).end()
  return response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body)
})
let url = ''
before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
after(() => {
  server.closeAllConnections()
  server.close()
})

const secrets = createSecrets([Buffer.alloc(32, 1)], systemRandom)

const givesNoTokens: Incident = {
  id: 'i',
  providerId: 'own',
  clientNetwork: '',
  state: 'down',
  reason: 'error',
  evidence: { stream: 'token', good: 0, bad: 5, run: 5, share: 1 },
  since: 0,
  endedAt: null,
}

async function probe(status: number, body: string): Promise<string | undefined> {
  answer = { status, body }
  const provider: Provider = {
    id: 'own',
    kind: 'oauth2',
    name: 'Own',
    logo: 'own',
    issuer: url,
    clientId: 'client',
    clientSecret: secrets.encrypt('provider-secret', 'secret'),
    settings: {
      scopes: [],
      trust: { kind: 'never' },
      endpoints: { authorization: `${url}/authorize`, token: `${url}/token`, user: `${url}/user` },
      mapping: { subject: 'id', name: 'name' },
    },
    enabled: true,
    createdAt: 0,
    secretExpiresAt: null,
  }
  const networks = createNetworkClient({ clock: systemClock, secrets, privateNetworks: ['127.0.0.0/8'] })
  const deps = { clock: systemClock, networks, redirectUri: () => 'http://localhost/callback' }
  const [seen] = await probeNetwork(deps, provider, givesNoTokens)
  assert.equal(seen?.step, 'token')
  return seen.outcome
}

test('a network that gives no tokens is well again only when it says no to a made-up code as one does', async () => {
  assert.equal(await probe(400, '{"error":"invalid_grant"}'), 'good')
  assert.equal(await probe(500, '{}'), 'neutral')
  assert.equal(await probe(200, '<html>'), 'neutral')
  assert.equal(await probe(401, '{"error":"invalid_client"}'), 'failed')
})
