import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SignJWT } from 'jose'
import type { Session } from '#features/session/index.ts'
import { minute, second } from '#kernel/duration.ts'
import type { AccountId, SessionId } from '#kernel/id.ts'
import {
  expectsOtherAccount,
  interactionOf,
  isProvenSince,
  type Params,
  repeatRequest,
  satisfies,
} from './interaction.ts'

const startedAt = 1_000_000_000

const interaction = (params: Params = {}, reasons: string[] = ['no_session']) =>
  interactionOf({ payload: { prompt: { name: 'login', reasons }, params }, createdAt: startedAt })

/** Anna's session, with proofs given at these instants. */
function session(...provenAt: readonly number[]): Session {
  const accountId = 'anna' as AccountId
  const proof = { authenticator: 'password', accountId, amr: ['pwd'], userVerified: true } as const
  return {
    id: 's' as SessionId,
    accountId,
    proofs: provenAt.map((at) => ({ ...proof, provenAt: at })),
    device: '',
    clientNetwork: '',
    createdAt: 0,
    lastSeenAt: 0,
    idleExpiresAt: 0,
    expiresAt: 0,
  }
}

test('a session is enough if the portal requires nothing more', () => {
  assert.ok(satisfies(session(1), interaction(), startedAt))
})

test('prompt=login and max_age=0 require a proof newer than the interaction', () => {
  for (const question of [
    interaction({ prompt: 'login' }, ['login_prompt']),
    interaction({ max_age: '0' }),
    interaction({ max_age: 0 }),
  ]) {
    assert.equal(satisfies(session(startedAt - 1), question, startedAt + minute), false)
    assert.equal(satisfies(session(startedAt), question, startedAt + minute), true)
    assert.equal(satisfies(session(1, startedAt + second, 2), question, startedAt + minute), true)
  }
})

test('max_age requires a proof that is no older than that', () => {
  const question = interaction({ max_age: '60' })
  const now = startedAt + 10 * minute
  assert.equal(satisfies(session(now - minute), question, now), true)
  assert.equal(satisfies(session(now - minute - 1), question, now), false)
})

test('the latest proof counts', () => {
  assert.equal(isProvenSince(session(startedAt + 1, 1), interaction()), true)
  assert.equal(isProvenSince(session(startedAt - 1, 1), interaction()), false)
})

test('an id_token_hint names the expected account', async () => {
  const token = (sub: string) => new SignJWT({ sub }).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.alloc(32, 1))
  assert.equal(expectsOtherAccount(session(1), interaction()), false)
  assert.equal(expectsOtherAccount(session(1), interaction({ id_token_hint: await token('anna') })), false)
  assert.equal(expectsOtherAccount(session(1), interaction({ id_token_hint: await token('ben') })), true)
})

test('a repeated request drops prompt=login and max_age=0 and keeps the rest', () => {
  const params = {
    client_id: 'p',
    prompt: 'login consent',
    max_age: 0,
    request_uri: 'urn:x',
    state: 'a b',
    nonce: undefined,
  }
  assert.deepEqual(repeatRequest(interaction(params)), {
    client_id: 'p',
    prompt: 'consent',
    max_age: undefined,
    state: 'a b',
    nonce: undefined,
  })
  assert.equal(repeatRequest(interaction({ prompt: 'login', max_age: 300 })).prompt, '')
  assert.equal(repeatRequest(interaction({ max_age: 300 })).max_age, '300')
})
