import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemRandom } from '#kernel/random.ts'
import { createExpiringMap } from './expiring-map.ts'

test('a thing is found until its time is over, and taken once', () => {
  let now = 0
  const shelf = createExpiringMap<string>(10, { now: () => now }, systemRandom)
  const [a, b] = [shelf.put('a'), shelf.put('b')]
  assert.equal(shelf.find(undefined), undefined)
  assert.equal(shelf.find(a), 'a')
  assert.equal(shelf.take(a), 'a')
  assert.equal(shelf.take(a), undefined)
  now = 10
  assert.equal(shelf.find(b), undefined)
})

test('all things that match are removed', () => {
  const shelf = createExpiringMap<string>(10, { now: () => 0 }, systemRandom)
  const keys = ['a', 'b', 'a'].map(shelf.put)
  shelf.removeWhere((thing) => thing === 'a')
  assert.deepEqual(keys.map(shelf.find), [undefined, 'b', undefined])
})
