import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hour, minute, second } from '#kernel/duration.ts'
import { type Assessment, applyVotes, nothingKnown } from './apply-votes.ts'
import { votesOf } from './evidence.ts'
import type { Step } from './observation.ts'

/** Plays attempts at a rate per second, of which a share fails. */
function play(known: Assessment, step: Step, from: number, until: number, perSecond: number, failing: number) {
  let now = known
  for (let at = from; at < until; at += second) {
    const seen = Array.from({ length: perSecond }, (_, number) => {
      const failed = number < perSecond * failing
      return { step, outcome: failed ? 'failed' : 'good', reason: failed ? 'error' : null, at } as const
    })
    now = applyVotes(now, votesOf(seen), 'everybody')
  }
  return now
}

test('an incident of a busy network ends although a few attempts fail in every second', () => {
  for (const [step, ordinary] of [
    ['token', 0.01],
    ['return', 0.3],
  ] as const) {
    const troubled = play(nothingKnown, step, 0, 10 * minute, 100, 0.9)
    assert.equal(troubled.incident?.state, 'troubled')
    const still = play(troubled, step, 10 * minute, 20 * minute, 100, 0.7)
    assert.equal(still.incident?.state, 'troubled')
    const well = play(still, step, 20 * minute, hour, 100, ordinary)
    assert.equal(well.incident, undefined, step)
  }
})
