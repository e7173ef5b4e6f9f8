import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Observation } from '../../src/features/provider-health/index.ts'
import { hour, minute } from '../../src/kernel/duration.ts'
import { newId } from '../../src/kernel/id.ts'
import { systemRandom } from '../../src/kernel/random.ts'
import { openStorage, type TestStorage } from '../support/storage.ts'

/** Long past the middle of a stretch, and not a number of seconds. */
const now = 1_800_000_123_457

for (const engine of ['sqlite', 'postgres'] as const) {
  describe(`what the console reads of the networks, on ${engine}`, () => {
    let storage: TestStorage
    const report = () => storage.database.read.networkReport
    const see = (...seen: readonly Partial<Observation>[]) =>
      storage.database.inTransaction(({ observations }) =>
        observations.insertAll(
          seen.map((each) => ({
            ...{ id: newId(systemRandom), providerId: 'x', at: now, step: 'return', outcome: 'good', reason: null },
            ...{ milliseconds: null, clientNetwork: '192.0.2.0/24', reference: null },
            ...each,
          })),
        ),
      )

    before(async () => {
      storage = await openStorage(engine)
      await see(
        { at: now - 2 * hour },
        { at: now - 9 * minute },
        { at: now - 8 * minute },
        { at: now - 1, outcome: 'failed', reason: 'not-returned', clientNetwork: '198.51.100.0/24' },
        { step: 'probe', clientNetwork: '' },
        { providerId: 'google' },
        ...[100, 104, 109, 250, 2_999].map((milliseconds) => ({ step: 'token', milliseconds }) as const),
        { step: 'start', milliseconds: 80, reference: 'K7QF-3M2P', at: now - 5_000 },
        { step: 'return', outcome: 'failed', reason: 'nonsense', reference: 'K7QF-3M2P', at: now - 1_000 },
      )
    })
    after(() => storage.close())

    test('attempts are added up by stretches of time, from an instant on, without probes', async () => {
      const counts = await report().countsOfNetwork('x', 5 * minute, now - hour)
      const returns = counts.filter(({ step, outcome }) => step === 'return' && outcome === 'good')
      const bucket = Math.floor((now - 9 * minute) / (5 * minute))
      assert.equal(bucket, Math.floor((now - 8 * minute) / (5 * minute)))
      assert.deepEqual(returns, [
        { ...{ providerId: 'x', clientNetwork: '', step: 'return', outcome: 'good' }, reason: null, bucket, count: 2 },
      ])
      assert.ok(counts.every(({ step, providerId }) => step !== 'probe' && providerId === 'x'))
      const all = await report().counts(hour, now - hour)
      assert.deepEqual([...new Set(all.map(({ providerId }) => providerId))].toSorted(), ['google', 'x'])
    })

    test('client networks from which most failed come first', async () => {
      await see(
        ...Array.from({ length: 3 }, () => ({ outcome: 'failed', reason: 'slow', clientNetwork: 'a' }) as const),
      )
      assert.deepEqual(await report().worstClientNetworks('x', now - hour, 2), ['a', '192.0.2.0/24'])
      const counts = await report().countsOfClientNetworks('x', ['a'], hour, now - hour)
      assert.deepEqual(
        counts.map(({ clientNetwork, reason, count }) => [clientNetwork, reason, count]),
        [['a', 'slow', 3]],
      )
      assert.deepEqual(await report().countsOfClientNetworks('x', [], hour, now - hour), [])
    })

    test('durations are added up to ten milliseconds', async () => {
      const durations = (await report().durations('x', now - hour)).toSorted((a, b) => a.milliseconds - b.milliseconds)
      assert.deepEqual(
        durations.map(({ milliseconds, count }) => [milliseconds, count]),
        [
          [100, 3],
          [250, 1],
          [2_990, 1],
        ],
      )
    })

    test('the steps of an attempt come in their order, and those of others do not', async () => {
      const steps = await report().steps('K7QF-3M2P')
      assert.deepEqual(
        steps.map(({ step, at }) => [step, at - now]),
        [
          ['start', -5_000],
          ['return', -1_000],
        ],
      )
    })

    test('the audit trail is searched by the number as a whole, and by nothing that could be a pattern', async () => {
      const details = { provider: 'x', failure: 'nonsense', reference: 'K7QF-3M2P' }
      const entry = { event: 'federation.attempt-refused', accountId: null, clientNetwork: null, at: now } as const
      await storage.database.inTransaction(async ({ audit }) => {
        await audit.insert({ ...entry, id: newId(systemRandom), details })
        await audit.insert({ ...entry, id: newId(systemRandom), details: { ...details, reference: 'AAAA-AAAA' } })
      })
      assert.deepEqual(await report().recorded('K7QF-3M2P', now - 1, now), [
        { at: now, event: 'federation.attempt-refused', details },
      ])
      assert.deepEqual(await report().recorded('K7QF-3M2P', now + 1, now + 2), [])
    })
  })
}
