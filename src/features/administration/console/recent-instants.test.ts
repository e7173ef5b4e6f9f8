import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recentInstants } from './recent-instants.ts'

test('an instant is known for as long as it matters', () => {
  let now = 1_000
  const instants = recentInstants({ now: () => now }, 100)
  instants.note('a')
  now += 99
  assert.equal(instants.of('a'), 1_000)
  now += 1
  assert.equal(instants.of('a'), undefined)
})

test('of too many the oldest are forgotten', () => {
  const instants = recentInstants({ now: () => 1 }, 100)
  for (let index = 0; index < 10_001; index += 1) instants.note(`key ${index}`)
  assert.equal(instants.of('key 0'), undefined)
  assert.equal(instants.of('key 1'), 1)
  assert.equal(instants.of('key 10000'), 1)
})
