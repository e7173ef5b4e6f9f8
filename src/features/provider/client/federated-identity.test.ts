import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Preset, presets } from '../presets/index.ts'
import type { Provider } from '../provider.ts'
import type { Claims } from './asserted-email.ts'
import { identityOf, primaryVerified } from './federated-identity.ts'

function providerOf(preset: Preset): Provider {
  return { ...preset, id: 'row', clientId: 'c', clientSecret: 's', enabled: true, createdAt: 0, secretExpiresAt: null }
}

function identity(preset: Preset, claims: Claims) {
  const told = identityOf(providerOf(preset), claims)
  return told && { ...told, address: told.address?.email.canonical, trusted: told.address?.trusted }
}

test('Google’s id_token', () => {
  const claims = {
    iss: 'https://accounts.google.com',
    sub: '110169484474386276334',
    hd: 'example.com',
    email: 'jsmith@example.com',
    email_verified: true,
    name: 'John Smith',
  }
  assert.deepEqual(identity(presets.google, claims), {
    providerId: 'row',
    subject: '110169484474386276334',
    name: 'John Smith',
    address: 'jsmith@example.com',
    trusted: true,
  })
})

test('Microsoft’s id_token: tenant and subject together identify a person', () => {
  const claims = { sub: 'AAAA-sub', tid: '9122040d-6c67-4c5b', name: 'Abe Lincoln', email: 'abe@contoso.example' }
  assert.equal(identity(presets.microsoft, claims)?.subject, '9122040d-6c67-4c5b.AAAA-sub')
  assert.equal(identity(presets.microsoft, claims)?.trusted, false)
  assert.equal(identity(presets.microsoft, { ...claims, tid: undefined }), undefined)
})

test('GitHub’s user: the id is the subject, and the public address is ignored', () => {
  const user = { login: 'octocat', id: 583231, name: 'monalisa octocat', email: undefined }
  assert.equal(identity(presets.github, user)?.subject, '583231')
  assert.equal(identity(presets.github, { ...user, email: 'octocat@github.com' })?.address, undefined)
})

test('GitHub’s addresses: only one that is both primary and verified', () => {
  const list = [
    { email: 'old@example.com', primary: false, verified: true },
    { email: 'octocat@github.com', primary: true, verified: true },
  ]
  assert.equal(primaryVerified(list), 'octocat@github.com')
  assert.equal(primaryVerified([{ email: 'a@example.com', primary: true, verified: false }]), undefined)
  assert.equal(primaryVerified([{ email: 'a@example.com', primary: 'true', verified: 1 }, null, 'x']), undefined)
  assert.equal(primaryVerified({ message: 'Not Found' }), undefined)
})

test('X’s user: the handle is never used as an address', () => {
  const data = { id: '2244994945', name: 'X Developers', username: 'anna@example.com' }
  assert.deepEqual(identity(presets.x, { data }), {
    providerId: 'row',
    subject: '2244994945',
    name: 'X Developers',
    address: undefined,
    trusted: undefined,
  })
  assert.equal(identity(presets.x, { data: { ...data, confirmed_email: 'anna@example.com' } })?.trusted, true)
})

test('a response without a valid subject is rejected', () => {
  for (const sub of [undefined, null, '', {}, ['a'], true, 1.5, 2 ** 60, 'a\nb', 'x'.repeat(256)]) {
    assert.equal(identity(presets.google, { sub }), undefined, JSON.stringify(sub))
  }
  assert.equal(identity(presets.x, { data: 'text' }), undefined)
  assert.equal(identity(presets.x, JSON.parse('{"data":{"__proto__":{"id":"1"}}}')), undefined)
})

test('a name is one line of at most 100 characters', () => {
  const name = (value: unknown) => identity(presets.google, { sub: '1', name: value })?.name
  assert.equal(name('  Ada\r\n\u202eLovelace\u0000 '), 'Ada Lovelace')
  assert.equal(name('😀'.repeat(200)), '😀'.repeat(100))
  assert.equal(name({ first: 'Ada' }), '')
  assert.equal(name(undefined), '')
})
