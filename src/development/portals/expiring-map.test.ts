import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemRandom } from '#kernel/random.ts'
import { createExpiringMap } from './expiring-map.ts'

test('a value is found until it expires, and can be taken once', () => {
  let now = 0
  const map = createExpiringMap<string>(10, { now: () => now }, systemRandom)
  const [a, b] = [map.put('a'), map.put('b')]
  assert.equal(map.find(undefined), undefined)
  assert.equal(map.find(a), 'a')
  assert.equal(map.take(a), 'a')
  assert.equal(map.take(a), undefined)
  now = 10
  assert.equal(map.find(b), undefined)
})

test('all matching values are removed', () => {
  const map = createExpiringMap<string>(10, { now: () => 0 }, systemRandom)
  const keys = ['a', 'b', 'a'].map(map.put)
  map.removeWhere((value) => value === 'a')
  assert.deepEqual(keys.map(map.find), [undefined, 'b', undefined])
})
