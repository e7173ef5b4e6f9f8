import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  attemptsIn,
  type Count,
  endingCountsOf,
  noAttempts,
  percentile,
  seriesOf,
  windowUntil,
} from './network-report.ts'

const seen = (step: string, outcome: string, reason: string | null = null, count = 1, bucket = 0): Count => ({
  ...{ step, outcome, reason, count, bucket },
})

test('an attempt whose answer was redeemed counts as got-in', () => {
  const steps = [seen('start', 'good'), seen('browser', 'good'), seen('return', 'good'), seen('token', 'slow', 'slow')]
  assert.deepEqual(endingCountsOf(steps), { ...noAttempts, 'got-in': 1 })
})

test('an attempt is counted once, at its final step', () => {
  const ends: readonly (readonly [readonly Count[], string])[] = [
    [[seen('start', 'failed', 'unreachable')], 'failed'],
    [[seen('start', 'neutral', 'skipped')], 'failed'],
    [[seen('start', 'good'), seen('browser', 'failed', 'unreachable-here')], 'failed'],
    [[seen('start', 'good'), seen('return', 'good', 'cancelled')], 'turned-back'],
    [[seen('start', 'good'), seen('return', 'failed', 'not-returned')], 'not-returned'],
    [[seen('start', 'good'), seen('return', 'good', 'refused')], 'failed'],
    [[seen('start', 'good'), seen('return', 'good'), seen('token', 'failed', 'error')], 'failed'],
    [[seen('return', 'good'), seen('token', 'good'), seen('user-data', 'neutral', 'refused')], 'failed'],
  ]
  for (const [steps, ending] of ends) assert.deepEqual(endingCountsOf(steps), { ...noAttempts, [ending]: 1 })
})

test('probes do not count as attempts', () => {
  assert.equal(attemptsIn(endingCountsOf([seen('probe', 'failed', 'unreachable'), seen('probe', 'good')])), 0)
})

test('buckets without attempts are part of the series', () => {
  const window = windowUntil(1_050, 100, 3)
  assert.deepEqual(window, { width: 100, first: 8, buckets: 3 })
  const series = seriesOf([seen('return', 'good', null, 4, 10), seen('start', 'failed', 'slow', 2, 8)], window)
  assert.deepEqual(series.map(attemptsIn), [2, 0, 4])
})

test('a percentile is the smallest duration that covers its share', () => {
  const durations = [900, ...Array(9).fill(100), ...Array(10).fill(200)]
  assert.equal(percentile(durations, 0.5), 200)
  assert.equal(percentile(durations, 0.95), 200)
  assert.equal(percentile(durations, 1), 900)
  assert.equal(percentile([], 0.5), undefined)
})
