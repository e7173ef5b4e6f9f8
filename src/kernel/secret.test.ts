import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemRandom } from './random.ts'
import { createSecrets, type Purpose, sameSecret } from './secret.ts'

const purposes: readonly Purpose[] = [
  'session',
  'browser',
  'known-browser',
  'csrf',
  'link',
  'federation-state',
  'counter',
  'client-network',
  'outbox',
  'client-secret',
  'provider-secret',
  'federation-verifier',
  'signing-key',
  'engine-cookie',
  'engine-token',
  'pepper',
  'key-check',
]
const master = () => systemRandom.bytes(32)

test('FED-4: the hash of a token is different for every purpose', () => {
  const secrets = createSecrets([master()], systemRandom)
  for (const purpose of purposes) {
    const { token, hash } = secrets.issue(purpose)
    assert.equal(secrets.hash(purpose, token), hash)
    const others = purposes.filter((other) => other !== purpose).map((other) => secrets.hash(other, token))
    assert.ok(!others.includes(hash), purpose)
  }
  const keys = purposes.map((purpose) => secrets.current(purpose).key.toString('hex'))
  assert.equal(new Set(keys).size, purposes.length)
})

test('CRY-1: only a keyed hash is stored, which reveals nothing about the token', () => {
  const secrets = createSecrets([master()], systemRandom)
  const { token, hash } = secrets.issue('link')
  assert.equal(Buffer.from(token.slice(token.indexOf('.') + 1), 'base64url').length, 32)
  assert.match(hash, /^[\w-]{43}$/)
  assert.notEqual(createSecrets([master()], systemRandom).hash('link', token), hash)
})

test('KEY-1: tokens and texts made with an older key still work after a newer key is added', () => {
  const [old, fresh] = [master(), master()]
  const before = createSecrets([old], systemRandom)
  const { token, hash } = before.issue('session')
  const text = before.encrypt('outbox', 'gr\u00fc\u00dfe')
  const rotated = createSecrets([fresh, old], systemRandom)
  assert.equal(rotated.hash('session', token), hash)
  assert.equal(rotated.decrypt('outbox', text), 'gr\u00fc\u00dfe')
  assert.equal(rotated.issue('session').token.slice(0, 6), rotated.current('session').keyId)
  assert.throws(() => createSecrets([fresh], systemRandom).decrypt('outbox', text), /is not in the secret file/)
})

test('CRY-2: encrypting the same text twice gives different ciphertexts, across restarts too', () => {
  const key = master()
  const texts = Array.from({ length: 200 }, () => createSecrets([key], systemRandom).encrypt('outbox', 'same'))
  assert.equal(new Set(texts.map((text) => text.split('.')[1])).size, texts.length)
})

test('a ciphertext that was changed, truncated or made for another purpose is rejected', () => {
  const secrets = createSecrets([master()], systemRandom)
  const text = secrets.encrypt('client-secret', 'a secret')
  const [keyId, nonce = '', body = ''] = text.split('.')
  const flipped = Buffer.from(body, 'base64url')
  flipped[0] = (flipped[0] ?? 0) ^ 1
  const wrong = [
    `${keyId}.${nonce}.${flipped.toString('base64url')}`,
    `${keyId}.${nonce}.${body.slice(0, 12)}`,
    `${keyId}.${nonce}.`,
    `${keyId}.${body}.${nonce}`,
    'x',
    '',
  ]
  for (const forged of wrong) assert.throws(() => secrets.decrypt('client-secret', forged), forged)
  assert.throws(() => secrets.decrypt('provider-secret', text))
})

test('malformed tokens are hashed like any other', () => {
  const secrets = createSecrets([master()], systemRandom)
  for (const odd of ['', '.', '..', 'x', '__proto__.x', 'constructor.x', '\u0000', 'a'.repeat(100_000)]) {
    assert.match(secrets.hash('session', odd), /^[\w-]{43}$/)
  }
})

test('CRY-1: two secrets are equal only if they match completely', () => {
  assert.equal(sameSecret('abc', 'abc'), true)
  for (const other of ['abd', 'ab', 'abcd', '', 'ABC']) assert.equal(sameSecret('abc', other), false)
})
