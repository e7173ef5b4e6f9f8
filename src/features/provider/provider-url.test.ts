import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isProviderUrl } from './provider-url.ts'

test('SSRF-1: an ambiguous URL is rejected', () => {
  const good = [
    'https://accounts.example',
    'https://a-b.example:8443/x?y=1',
    'https://[2001:db8::1]/',
    'http://127.0.0.1:1/',
  ]
  for (const url of good) assert.ok(isProviderUrl(url), url)
  const bad = [
    'http://accounts.example',
    'https://a:b@c.example',
    'https://a.example/#x',
    'https://a.example\\@b.example',
    'x',
  ]
  for (const url of bad) assert.ok(!isProviderUrl(url), url)
})

test('SES-6: a host with characters that have a meaning in a CSP is rejected', () => {
  for (const host of ['x;sandbox', '*', '*.example', "x'self'", 'x,y', 'x;frame-ancestors']) {
    assert.ok(!isProviderUrl(`https://${host}/a`), host)
  }
})
