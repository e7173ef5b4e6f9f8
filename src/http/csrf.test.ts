import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FastifyRequest } from 'fastify'
import { systemRandom } from '#kernel/random.ts'
import { createSecrets } from '#kernel/secret.ts'
import { createCsrf, isSameOrigin } from './csrf.ts'

const secrets = createSecrets([systemRandom.bytes(32)], systemRandom)
const csrf = createCsrf(secrets, systemRandom)

test('SES-5: a form token is valid only in the browser it was made for, and differs each time', () => {
  const token = csrf.token('browser')
  assert.equal(csrf.accepts('browser', token), true)
  assert.equal(csrf.accepts('another', token), false)
  assert.notEqual(csrf.token('browser'), token)
})

test('SES-5: forged form tokens are rejected', () => {
  const [nonce, signature] = csrf.token('browser').split('.')
  const forged = [
    undefined,
    '',
    '.',
    `${nonce}.`,
    `.${signature}`,
    signature,
    `${nonce}.${signature?.slice(1)}`,
    `x${nonce}.${signature}`,
  ]
  for (const token of forged) assert.equal(csrf.accepts('browser', token), false, String(token))
  assert.equal(csrf.accepts(undefined, csrf.token('')), false)
  assert.equal(csrf.accepts('', csrf.token('')), false)
  const foreign = createCsrf(createSecrets([systemRandom.bytes(32)], systemRandom), systemRandom)
  assert.equal(csrf.accepts('browser', foreign.token('browser')), false)
})

test('KEY-1: a form that was open during a key rotation is still accepted', () => {
  const [old, fresh] = [systemRandom.bytes(32), systemRandom.bytes(32)]
  const before = createCsrf(createSecrets([old], systemRandom), systemRandom).token('browser')
  const rotated = createCsrf(createSecrets([fresh, old], systemRandom), systemRandom)
  assert.equal(rotated.accepts('browser', before), true)
})

test('SES-5: Sec-Fetch-Site, or else Origin, tells whether a request comes from one of our pages', () => {
  const origin = 'https://id.example.org'
  const from = (headers: Record<string, string>) => isSameOrigin({ headers } as unknown as FastifyRequest, origin)
  assert.equal(from({ 'sec-fetch-site': 'same-origin' }), true)
  assert.equal(from({ 'sec-fetch-site': 'none' }), true)
  for (const site of ['same-site', 'cross-site', '', 'nonsense'])
    assert.equal(from({ 'sec-fetch-site': site, origin }), false)
  assert.equal(from({ origin }), true)
  for (const other of [
    'null',
    'https://evil.example',
    'http://id.example.org',
    `${origin}.evil.example`,
    `${origin}:444`,
  ]) {
    assert.equal(from({ origin: other }), false, other)
  }
})
