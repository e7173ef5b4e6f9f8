import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { localPath } from './local-path.ts'

test('RED-1: anything but a local path falls back', () => {
  const elsewhere = [
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\\/evil.example',
    '/%2f/evil.example',
    '/%2Fevil.example',
    '/%5cevil.example',
    '/.//evil.example',
    '/..//evil.example',
    '/%2e%2e//evil.example',
    'https:evil.example',
    'https://evil.example',
    'http://einlass.invalid@evil.example/',
    'http://einlass.invalid/',
    'javascript:alert(1)',
    'data:text/html,x',
    '/\t/evil.example',
    '/\n/evil.example',
    '/\r\n/evil.example',
    ' /profile',
    '/pro file',
    '/\u00a0/evil.example',
    '/\u0000',
    '/\uff0f\uff0fevil.example\u2028',
    'profile',
    '',
    `/${'a'.repeat(2_000)}`,
  ]
  for (const text of elsewhere) assert.equal(localPath(text), '/profile', JSON.stringify(text))
  assert.equal(localPath(undefined, '/'), '/')
})

test('RED-1: a local path keeps its query and loses its fragment', () => {
  assert.equal(localPath('/authorize?client_id=a&state=%2F%2Fb#x'), '/authorize?client_id=a&state=%2F%2Fb')
  assert.equal(localPath('/a/../profile'), '/profile')
})

test('RED-1: no input makes a browser leave our origin', () => {
  const odd = fc.array(
    fc.constantFrom('/', '\\', '.', '%2f', '%5c', '@', ':', '?', '#', 'evil.example', 'http:', '\t', 'a'),
    {
      maxLength: 12,
    },
  )
  fc.assert(
    fc.property(odd, (parts) => {
      const path = localPath(`/${parts.join('')}`)
      assert.equal(new URL(path, 'https://id.example.org/sign-in').origin, 'https://id.example.org')
      assert.equal(localPath(path), path)
    }),
    { numRuns: 2_000 },
  )
})
