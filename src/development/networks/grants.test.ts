import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemRandom } from '#kernel/random.ts'
import { personas } from './account.ts'
import { codeLifetime, createGrants, type Grant, tokenLifetime } from './grants.ts'

const grant = {
  account: personas[0],
  scopes: [],
  redirectUri: '',
  codeChallenge: '',
  nonce: undefined,
} as unknown as Grant

test('a code lives for a minute and a token for an hour', () => {
  let now = 0
  const grants = createGrants({ now: () => now }, systemRandom)
  const [early, late] = [grants.issueCode(grant), grants.issueCode(grant)]
  const token = grants.issueToken(early, grant)
  now = codeLifetime - 1
  assert.equal(grants.redeem(early), grant)
  now = codeLifetime
  assert.equal(grants.redeem(late), undefined)
  assert.equal(grants.findByToken(token), grant)
  now = tokenLifetime
  assert.equal(grants.findByToken(token), undefined)
})
