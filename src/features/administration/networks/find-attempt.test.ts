import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newReference } from '#kernel/id.ts'
import { systemRandom } from '#kernel/random.ts'
import { parseReference } from './find-attempt.ts'

test('a number that was read out is understood however it was written down', () => {
  for (const written of ['K7QF-3M2P', 'k7qf-3m2p', 'K7QF3M2P', ' k7qf 3m2p ', 'K7QF–3M2P']) {
    assert.equal(parseReference(written), 'K7QF-3M2P', written)
  }
})

test('every number that we give out is understood', () => {
  for (let index = 0; index < 200; index += 1) {
    const reference = newReference(systemRandom)
    assert.equal(parseReference(reference), reference)
  }
})

test('what can be no number is none', () => {
  for (const wrong of ['', 'K7QF', 'K7QF-3M2P-XXXX', 'K7QF-3M2O', 'K7QF-3M21', "K7QF-3M2'", '%%%%-%%%%']) {
    assert.equal(parseReference(wrong), undefined, wrong)
  }
})
