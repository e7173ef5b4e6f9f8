import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SignJWT } from 'jose'
import type { Session } from '#features/session/index.ts'
import { minute, second } from '#kernel/duration.ts'
import type { AccountId, SessionId } from '#kernel/id.ts'
import { answers, askedAgain, interactionOf, namesAnother, type Params, satisfies } from './interaction.ts'

const startedAt = 1_000_000_000

const asked = (params: Params = {}, reasons: string[] = ['no_session']) =>
  interactionOf({ payload: { prompt: { name: 'login', reasons }, params }, createdAt: startedAt })

/** Of Anna, with proofs given at these instants. */
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

test('a session is enough when the portal asks for nothing more', () => {
  assert.ok(satisfies(session(1), asked(), startedAt))
})

test('prompt=login and max_age=0 want a proof given since the question', () => {
  for (const question of [
    asked({ prompt: 'login' }, ['login_prompt']),
    asked({ max_age: '0' }),
    asked({ max_age: 0 }),
  ]) {
    assert.equal(satisfies(session(startedAt - 1), question, startedAt + minute), false)
    assert.equal(satisfies(session(startedAt), question, startedAt + minute), true)
    assert.equal(satisfies(session(1, startedAt + second, 2), question, startedAt + minute), true)
  }
})

test('max_age wants a proof that is no older now', () => {
  const question = asked({ max_age: '60' })
  const now = startedAt + 10 * minute
  assert.equal(satisfies(session(now - minute), question, now), true)
  assert.equal(satisfies(session(now - minute - 1), question, now), false)
})

test('the latest proof counts', () => {
  assert.equal(answers(session(startedAt + 1, 1), asked()), true)
  assert.equal(answers(session(startedAt - 1, 1), asked()), false)
})

test('a portal that sends an id_token_hint means its subject', async () => {
  const token = (sub: string) => new SignJWT({ sub }).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.alloc(32, 1))
  assert.equal(namesAnother(session(1), asked()), false)
  assert.equal(namesAnother(session(1), asked({ id_token_hint: await token('anna') })), false)
  assert.equal(namesAnother(session(1), asked({ id_token_hint: await token('ben') })), true)
})

test('begun again, the request leaves out what is answered and keeps the rest', () => {
  const params = {
    client_id: 'p',
    prompt: 'login consent',
    max_age: 0,
    request_uri: 'urn:x',
    state: 'a b',
    nonce: undefined,
  }
  assert.deepEqual(askedAgain(asked(params)), {
    client_id: 'p',
    prompt: 'consent',
    max_age: undefined,
    state: 'a b',
    nonce: undefined,
  })
  assert.equal(askedAgain(asked({ prompt: 'login', max_age: 300 })).prompt, '')
  assert.equal(askedAgain(asked({ max_age: 300 })).max_age, '300')
})
