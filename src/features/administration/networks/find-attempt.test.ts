import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newReference } from '#kernel/id.ts'
import { systemRandom } from '#kernel/random.ts'
import { parseReference } from './find-attempt.ts'

test('a reference is accepted in any spelling', () => {
  for (const written of ['K7QF-3M2P', 'k7qf-3m2p', 'K7QF3M2P', ' k7qf 3m2p ', 'K7QF–3M2P']) {
    assert.equal(parseReference(written), 'K7QF-3M2P', written)
  }
})

test('every generated reference is accepted', () => {
  for (let index = 0; index < 200; index += 1) {
    const reference = newReference(systemRandom)
    assert.equal(parseReference(reference), reference)
  }
})

test('anything else is rejected', () => {
  for (const wrong of ['', 'K7QF', 'K7QF-3M2P-XXXX', 'K7QF-3M2O', 'K7QF-3M21', "K7QF-3M2'", '%%%%-%%%%']) {
    assert.equal(parseReference(wrong), undefined, wrong)
  }
})
