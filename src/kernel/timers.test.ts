import assert from 'node:assert/strict'
import { test } from 'node:test'
import { repeat, type Timers } from './timers.ts'

/** Timers that ring when the test says so. */
function manualTimers() {
  const waiting: { readonly milliseconds: number; readonly work: () => void }[] = []
  const timers: Timers = {
    after: (milliseconds, work) => {
      const entry = { milliseconds, work }
      waiting.push(entry)
      return () => void (waiting.includes(entry) && waiting.splice(waiting.indexOf(entry), 1))
    },
  }
  return { timers, waiting, ring: () => waiting.shift()?.work() }
}

test('the pause begins when the work has ended', async () => {
  const { timers, waiting, ring } = manualTimers()
  const work = Promise.withResolvers<void>()
  let begun = 0
  repeat(timers, 5, () => {
    begun += 1
    return work.promise
  })
  assert.deepEqual([begun, waiting.length], [0, 1])
  ring()
  assert.deepEqual([begun, waiting.length], [1, 0])
  work.resolve()
  await work.promise
  await Promise.resolve()
  assert.deepEqual(
    waiting.map(({ milliseconds }) => milliseconds),
    [5],
  )
})

test('what was stopped begins no more, also when it is stopped during the work', async () => {
  const { timers, waiting, ring } = manualTimers()
  const stop = repeat(timers, 5, async () => stop())
  ring()
  await Promise.resolve()
  await Promise.resolve()
  assert.equal(waiting.length, 0)
  repeat(timers, 5, async () => {})()
  assert.equal(waiting.length, 0)
})
