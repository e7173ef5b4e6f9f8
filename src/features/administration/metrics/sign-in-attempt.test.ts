import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signInAttemptOf } from './sign-in-attempt.ts'

test('sign-ins are counted by authenticator, including kinds unknown to this file', () => {
  const succeeded = (details: Record<string, string>) => signInAttemptOf({ event: 'sign-in.succeeded', details })
  for (const authenticator of ['password', 'mailed-link', 'of-tomorrow']) {
    assert.deepEqual(succeeded({ authenticator }), { authenticator, network: '', outcome: 'signed-in' })
  }
  assert.deepEqual(succeeded({ authenticator: 'network', provider: 'x' }), {
    authenticator: 'network',
    network: 'x',
    outcome: 'signed-in',
  })
})

test('failures are counted by reason, unknown reasons as `failed`', () => {
  const refused = (failure: string) =>
    signInAttemptOf({
      event: 'federation.attempt-refused',
      details: { provider: 'x', failure, reference: 'K7QF-3M2P' },
    })
  assert.deepEqual(refused('slow'), { authenticator: 'network', network: 'x', outcome: 'slow' })
  assert.deepEqual(refused('of-tomorrow'), { authenticator: 'network', network: 'x', outcome: 'failed' })
  const wrong = signInAttemptOf({ event: 'sign-in.failed', details: { authenticator: 'password' } })
  assert.deepEqual(wrong, { authenticator: 'password', network: '', outcome: 'failed' })
})

test('other audit events are not counted', () => {
  assert.equal(signInAttemptOf({ event: 'password.changed', details: {} }), undefined)
})
