import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { createLogoutTokenReader } from './logout-token.ts'

const event = 'http://schemas.openid.net/event/backchannel-logout'
const now = 1_800_000_000
type Claims = Readonly<Record<string, unknown>>

const good: Claims = {
  iss: 'https://einlass.example',
  aud: 'client-n',
  iat: now,
  exp: now + 120,
  jti: 'j1',
  sid: 's1',
  sub: 'p-1',
  events: { [event]: {} },
}
const { privateKey, publicKey } = await generateKeyPair('ES256')

const reader = () =>
  createLogoutTokenReader({
    issuer: 'https://einlass.example',
    clientId: 'client-n',
    keys: async () => publicKey,
    clock: { now: () => now * 1_000 },
  })

const signed = (claims: Claims, typ = 'logout+jwt', key = privateKey) =>
  new SignJWT(claims as JWTPayload).setProtectedHeader({ alg: 'ES256', typ }).sign(key)

test('a valid logout token identifies the session and the subject', async () => {
  assert.deepEqual(await reader()(await signed(good)), { sid: 's1', subject: 'p-1' })
})

test('a logout token is accepted once', async () => {
  const read = reader()
  const token = await signed(good)
  await read(token)
  await assert.rejects(read(token))
})

const bad: readonly [string, Claims][] = [
  ['of another issuer', { ...good, iss: 'https://issuer.invalid' }],
  ['for another client', { ...good, aud: 'client-s' }],
  ['that has expired', { ...good, exp: now - 60 }],
  ['issued an hour ago', { ...good, iat: now - 3600 }],
  ['with a nonce', { ...good, nonce: 'n' }],
  ['without events', { ...good, events: undefined }],
  ['about another event', { ...good, events: { 'http://schemas.openid.net/event/other': {} } }],
  ['whose event is not an object', { ...good, events: { [event]: 'yes' } }],
  ['without a jti', { ...good, jti: undefined }],
  ['without an expiry', { ...good, exp: undefined }],
  ['with neither session nor subject', { ...good, sid: undefined, sub: undefined }],
]

for (const [what, claims] of bad) {
  test(`refuses a logout token ${what}`, async () => {
    await assert.rejects(reader()(await signed(claims)))
  })
}

test('refuses an id_token in place of a logout token, and a signature with another key', async () => {
  await assert.rejects(reader()(await signed(good, 'JWT')))
  const { privateKey: another } = await generateKeyPair('ES256')
  await assert.rejects(reader()(await signed(good, 'logout+jwt', another)))
})
