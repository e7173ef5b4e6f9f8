import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { createGuardedFetch } from './guarded-fetch.ts'

let requests = 0
const server = createServer((_request, response) => {
  requests += 1
  response.end('here')
})
let port = 0
before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
after(() => server.close())

const until = () => AbortSignal.timeout(5_000)

test('SSRF-1: loopback and private addresses are never connected to, in any notation', async () => {
  const guarded = createGuardedFetch([])
  const hosts = [
    '127.0.0.1',
    'localhost',
    '2130706433',
    '0x7f.1',
    '017700000001',
    '0.0.0.0',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::]',
    '[::7f00:1]',
    '169.254.169.254',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '[fd00::1]',
    '[fe80::1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
  ]
  for (const host of hosts) {
    const error = await guarded(`http://${host}:${port}/`, { signal: until() }).catch((caught: Error) => caught)
    assert.ok(error instanceof Error, host)
    assert.match(String(error.cause), /public/, host)
  }
  assert.equal(requests, 0)
})

test('SSRF-1: only http and https, and no ports of other protocols', async () => {
  const guarded = createGuardedFetch(['127.0.0.0/8'])
  for (const url of ['file:///etc/passwd', 'ftp://127.0.0.1/', 'unix:/run/x.sock', 'http://127.0.0.1:25/']) {
    await assert.rejects(guarded(url, { signal: until() }), url)
  }
})

test('a private range that the operator allows is connected to', async () => {
  const guarded = createGuardedFetch(['127.0.0.0/8', '::1/128'])
  for (const host of ['127.0.0.1', 'localhost']) {
    const response = await guarded(`http://${host}:${port}/`, { signal: until() })
    assert.equal(await response.text(), 'here')
  }
})
