import assert from 'node:assert/strict'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { createGuardedFetch } from './guarded-fetch.ts'
import { createOutbound } from './outbound.ts'
import type { OutboundError } from './outbound-error.ts'

const outbound = createOutbound(createGuardedFetch(['127.0.0.0/8']))

/** The response's text, or why it was rejected. */
async function outcomeOf(answer: (response: ServerResponse) => void, until = new AbortController().signal) {
  const server = createServer((_request, response) => answer(response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  try {
    const response = await outbound(`http://127.0.0.1:${port}/`, {}, until)
    return await response.text()
  } catch (error) {
    return (error as OutboundError).failure
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

const say =
  (body: string | Buffer, headers: Record<string, string> = {}) =>
  (response: ServerResponse) => {
    response.writeHead(200, headers).end(body)
  }

test('an ordinary response is passed on unchanged', async () => {
  const plain = '{"a":{"b":[{"a":"x: \\"y\\": z"},{"a":1}]},"":2}'
  assert.equal(await outcomeOf(say(plain)), plain)
})

test('a duplicate key is nonsense at any depth', async () => {
  assert.equal(await outcomeOf(say('{"sub":"a","sub":"b"}')), 'nonsense')
  assert.equal(await outcomeOf(say('{"a":{"sub":1,"sub" :2}}')), 'nonsense')
  assert.equal(await outcomeOf(say('{"a":{"b":1},"a":2}')), 'nonsense')
  assert.equal(await outcomeOf(say('\uFEFF{"sub":"a","sub":"b"}')), 'nonsense', 'after a byte order mark')
  assert.equal(await outcomeOf(say('['.repeat(60_000) + ']'.repeat(60_000))), 'nonsense', 'nested too deeply to parse')
})

test('a server that does not implement the method is reachable', async () => {
  assert.equal(await outcomeOf((response) => response.writeHead(501).end('no')), 'no')
})

test('more than 256 KiB is nonsense, and so is an unrequested compressed response', async () => {
  assert.equal(await outcomeOf(say('x'.repeat(256 * 1024 + 1))), 'nonsense')
  assert.equal(await outcomeOf(say(gzipSync('{}'), { 'content-encoding': 'gzip' })), 'nonsense')
})

test('a redirect is not followed', async () => {
  const paths: unknown[] = []
  const outcome = await outcomeOf((response) => {
    paths.push(response.req.url)
    response.writeHead(302, { location: '/elsewhere' }).end('moved')
  })
  assert.equal(outcome, 'moved')
  assert.deepEqual(paths, ['/'])
})

test('a dropped connection is unreachable, a response that never ends is slow, a 503 is an error', async () => {
  assert.equal(await outcomeOf((response) => response.destroy()), 'unreachable')
  assert.equal(await outcomeOf((response) => response.writeHead(200).write('{'), AbortSignal.timeout(50)), 'slow')
  assert.equal(await outcomeOf((response) => response.writeHead(503).end('{}')), 'error')
})
