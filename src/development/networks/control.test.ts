import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type RunningNetworks, startNetworks } from './start-networks.ts'
import { client } from './testing/sign-in.ts'

let networks: RunningNetworks

before(async () => {
  const settings = [
    { id: 'sim-google', port: 0, ...client },
    { id: 'sim-x', port: 0, ...client },
  ] as const
  networks = await startNetworks({ networks: settings, controlPort: 0 })
})
after(() => networks.close())

const post = (path: string, body: string, type = 'application/json') =>
  fetch(networks.controlUrl + path, { method: 'POST', headers: { 'content-type': type }, body })

test('the list contains every network with its behaviour, account and URL', async () => {
  const list = (await (await fetch(`${networks.controlUrl}/networks`)).json()) as unknown[]
  assert.deepEqual(list[0], {
    id: 'sim-google',
    kind: 'oidc',
    name: 'Sim Google',
    behaviour: 'operational',
    account: null,
    fault: null,
    url: networks.urls['sim-google'],
  })
  assert.equal(list.length, 2)
})

test('behaviour and account can be set separately or together; omitted values stay', async () => {
  const account = { subject: 's1', name: 'Ida', email: 'ida@example.org', emailVerified: true }
  await post('/networks/sim-x', JSON.stringify({ account }))
  const changed = (await (await post('/networks/sim-x', JSON.stringify({ behaviour: 'error' }))).json()) as object
  assert.deepEqual(changed, networks.list()[1])
  assert.deepEqual(networks.list()[1]?.account, account)
  assert.equal(networks.list()[1]?.behaviour, 'error')
  assert.equal(networks.list()[0]?.behaviour, 'operational')
})

test('the control server works with every behaviour', async () => {
  for (const behaviour of ['down', 'slow', 'blocked', 'malformed', 'error', 'operational']) {
    assert.equal((await post('/networks/sim-google', JSON.stringify({ behaviour }))).status, 200)
  }
})

test('an invalid change is refused with 400 and changes nothing', async () => {
  const before = JSON.stringify(networks.list())
  for (const body of [
    '',
    '[]',
    '{"behaviour":"lazy"}',
    '{"behaviour":"toString"}',
    '{"colour":"red"}',
    '{"account":{"name":"no subject"}}',
    '{"account":{"subject":"s","emailVerified":"yes"}}',
    '{"fault":"no-such-fault"}',
  ]) {
    const response = await post('/networks/sim-google', body)
    assert.equal(response.status, 400, body)
    assert.equal(response.headers.get('content-type'), 'application/problem+json')
  }
  assert.equal((await post('/networks/sim-x', '{"fault":"algorithm-none"}')).status, 400)
  assert.equal(JSON.stringify(networks.list()), before)
})

test('an unknown network, a wrong method, a wrong content type and a large body are refused', async () => {
  assert.equal((await post('/networks/sim-y', '{}')).status, 404)
  assert.equal((await fetch(`${networks.controlUrl}/networks/sim-x`, { method: 'PUT' })).status, 405)
  assert.equal((await post('/networks/sim-x', '{}', 'text/plain')).status, 415)
  assert.equal((await post('/networks/sim-x', 'x'.repeat(100_000))).status, 413)
})
