import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clientNetwork } from './client.ts'

test('SES-8: addresses of one client network count as one', () => {
  assert.equal(clientNetwork('203.0.113.7'), '203.0.113.0/24')
  assert.equal(clientNetwork('::ffff:203.0.113.200'), '203.0.113.0/24')
  assert.equal(clientNetwork('::FFFF:203.0.113.200'), '203.0.113.0/24')
  const same = ['2001:db8:1::1', '2001:0db8:0001:ffff:1:2:3:4', '2001:DB8:1::', '2001:db8:1::1%eth0']
  for (const address of same) assert.equal(clientNetwork(address), '2001:db8:1::/48', address)
  assert.equal(clientNetwork('::1'), '0:0:0::/48')
  assert.notEqual(clientNetwork('2001:db8:2::1'), clientNetwork('2001:db8:1::1'))
})

test('SES-8: a port that a proxy appends is ignored', () => {
  assert.equal(clientNetwork('203.0.113.7:4711'), '203.0.113.0/24')
  assert.equal(clientNetwork('[2001:db8:1::1]:4711'), '2001:db8:1::/48')
  assert.equal(clientNetwork('[2001:db8:1::1]'), '2001:db8:1::/48')
})

test('SES-8: everything that is not an address is one client network', () => {
  for (const text of ['', 'unknown', '_hidden', '1.2.3', '1.2.3.4.5', '999.1.1.1', 'a'.repeat(9_000), '<script>']) {
    assert.equal(clientNetwork(text), 'unknown', text)
  }
})
