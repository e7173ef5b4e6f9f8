import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { createProviderClient, type Provider } from '#features/provider/index.ts'
import { systemClock } from '#kernel/clock.ts'
import { systemRandom } from '#kernel/random.ts'
import { createSecrets } from '#kernel/secret.ts'
import { probeNetwork } from './probe-network.ts'

let answer: { readonly status: number; readonly body: string }
const server = createServer((request, response) => {
  // The ping works; only the token requests fail.
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

async function probe(status: number, body: string, hasRejectedCode = true): Promise<string | undefined> {
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
  const providerClient = createProviderClient({ clock: systemClock, secrets, outboundRanges: ['127.0.0.0/8'] })
  const deps = {
    clock: systemClock,
    providerClient,
    redirectUri: 'http://localhost/callback',
    hasRejectedCode: async () => hasRejectedCode,
  }
  const [seen] = await probeNetwork(deps, provider, true)
  assert.equal(seen?.step, 'token')
  return seen.outcome
}

test('a network issues tokens if it properly rejects a made-up code', async () => {
  assert.equal(await probe(400, '{"error":"invalid_grant"}'), 'good')
  assert.equal(await probe(500, '{}'), 'failed')
  assert.equal(await probe(200, '<html>'), 'failed')
  assert.equal(await probe(401, '{"error":"invalid_client"}'), 'failed')
})

test('if a network has never rejected a made-up code, other responses mean nothing', async () => {
  assert.equal(await probe(400, '{"error":"invalid_grant"}', false), 'good')
  assert.equal(await probe(500, '{}', false), 'neutral')
  assert.equal(await probe(200, '<html>', false), 'neutral')
  assert.equal(await probe(401, '{"error":"invalid_client"}', false), 'failed')
})
