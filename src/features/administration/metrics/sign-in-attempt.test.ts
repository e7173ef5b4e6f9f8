import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signInAttemptOf } from './sign-in-attempt.ts'

test('sign-ins are counted by their way', () => {
  const succeeded = (way: string) => signInAttemptOf({ event: 'sign-in.succeeded', details: { way } })
  assert.deepEqual(succeeded('password'), { method: 'password', network: '', outcome: 'signed-in' })
  assert.deepEqual(succeeded('mailed-link'), { method: 'mailed-link', network: '', outcome: 'signed-in' })
  assert.deepEqual(succeeded('network:x'), { method: 'network', network: 'x', outcome: 'signed-in' })
})

test('what failed is counted by its reason, and a reason that is not known as failed', () => {
  const refused = (failure: string) =>
    signInAttemptOf({
      event: 'federation.attempt-refused',
      details: { provider: 'x', failure, reference: 'K7QF-3M2P' },
    })
  assert.deepEqual(refused('slow'), { method: 'network', network: 'x', outcome: 'slow' })
  assert.deepEqual(refused('of-tomorrow'), { method: 'network', network: 'x', outcome: 'failed' })
  const wrong = signInAttemptOf({ event: 'sign-in.failed', details: { way: 'password' } })
  assert.deepEqual(wrong, { method: 'password', network: '', outcome: 'failed' })
})

test('what is no sign-in is not counted', () => {
  assert.equal(signInAttemptOf({ event: 'password.changed', details: {} }), undefined)
})
