import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recentInstants } from './recent-instants.ts'

test('an instant is kept for the given time', () => {
  let now = 1_000
  const instants = recentInstants({ now: () => now }, 100)
  instants.record('a')
  now += 99
  assert.equal(instants.lastAt('a'), 1_000)
  now += 1
  assert.equal(instants.lastAt('a'), undefined)
})

test('beyond the maximum size, the oldest are evicted', () => {
  const instants = recentInstants({ now: () => 1 }, 100)
  for (let index = 0; index < 10_001; index += 1) instants.record(`key ${index}`)
  assert.equal(instants.lastAt('key 0'), undefined)
  assert.equal(instants.lastAt('key 1'), 1)
  assert.equal(instants.lastAt('key 10000'), 1)
})
