import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { openFoundation } from '#compose/index.ts'
import type { Observation } from '#features/provider-health/index.ts'
import { hour, minute } from '#kernel/duration.ts'
import { newId } from '#kernel/id.ts'
import { systemRandom } from '#kernel/random.ts'
import { systemTimers } from '#kernel/timers.ts'
import { onEachEngine } from '../support/engines.ts'
import { openStorage, type TestStorage } from '../support/storage.ts'

/** Neither at the start of a bucket nor a whole second. */
const now = 1_800_000_123_457

onEachEngine((engine) => {
  let storage: TestStorage
  const report = () => storage.database.read.networkReport
  const observation = (each: Partial<Observation>): Observation => ({
    ...{ id: newId(systemRandom), providerId: 'x', at: now, step: 'return', outcome: 'good', reason: null },
    ...{ milliseconds: null, clientNetwork: '192.0.2.0/24', reference: null },
    ...each,
  })
  const see = (...seen: readonly Partial<Observation>[]) =>
    storage.database.inTransaction(({ observations }) => observations.insertAll(seen.map(observation)))

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

  test('attempts are summed up by bucket from a given time, without probes', async () => {
    const slot = 5 * minute
    const from = now - (now % slot) - hour
    const counts = await report().counts('x', slot, from, now)
    const returns = counts.filter(({ step, outcome }) => step === 'return' && outcome === 'good')
    const bucket = Math.floor((now - 9 * minute) / slot)
    assert.equal(bucket, Math.floor((now - 8 * minute) / slot))
    assert.deepEqual(returns, [{ step: 'return', outcome: 'good', reason: null, bucket, count: 2 }])
    assert.ok(counts.every(({ step }) => step !== 'probe'))
    assert.deepEqual(await report().counts('x', slot, from, from + slot), [])
    const others = await report().counts('google', hour, from, now)
    assert.deepEqual(
      others.map(({ count }) => count),
      [1],
    )
  })

  test('client networks with the most failures come first', async () => {
    await see(...Array.from({ length: 3 }, () => ({ outcome: 'failed', reason: 'slow', clientNetwork: 'a' }) as const))
    assert.deepEqual(await report().worstClientNetworks('x', now - hour, 2), ['a', '192.0.2.0/24'])
  })

  test('the outcome of attempts from a client network is derived from their last steps only', async () => {
    const clientNetwork = '203.0.113.0/24'
    await see(
      ...(['start', 'browser', 'return', 'token', 'user-data'] as const).map((step) => ({ step, clientNetwork })),
      { step: 'start', outcome: 'failed', reason: 'unreachable', clientNetwork },
      { step: 'start', outcome: 'failed', reason: 'unreachable', clientNetwork, at: now - hour },
    )
    const bucket = Math.floor(now / hour)
    const endings = await report().endingsOfClientNetwork('x', clientNetwork, hour, now - minute)
    assert.deepEqual(
      endings.map((row) => ({ ...row })).toSorted((a, b) => (a.step < b.step ? -1 : 1)),
      [
        { step: 'return', outcome: 'good', reason: null, bucket, count: 1 },
        { step: 'start', outcome: 'failed', reason: 'unreachable', bucket, count: 1 },
      ],
    )
  })

  test('durations are those of one step, without unknown ones', async () => {
    const durations = await report().durations('x', 'token', now - hour)
    assert.deepEqual(
      durations.toSorted((a, b) => a - b),
      [100, 104, 109, 250, 2_999],
    )
  })

  test('counts match the observations even if two nodes count concurrently', async () => {
    const { config, clock, random } = storage
    const other = (await openFoundation(config, { clock, timers: systemTimers, random })).database
    const batch = (turn: number) =>
      Array.from({ length: 45 }, (_, index) =>
        observation({
          at: now - ((index * 7 + turn) % 13) * minute,
          providerId: index % 2 === 0 ? 'one' : 'two',
          step: index % 5 === 0 ? 'token' : index % 7 === 0 ? 'probe' : 'start',
          ...(index % 3 === 0 && { outcome: 'failed', reason: index % 2 === 0 ? 'slow' : 'error' }),
        }),
      )
    const turns = Array.from({ length: 10 }, (_, turn) => turn)
    await Promise.all(
      turns.map((turn) =>
        (turn % 2 === 0 ? storage.database : other).inTransaction(({ observations }) =>
          observations.insertAll(turn % 3 === 0 ? batch(turn).toReversed() : batch(turn)),
        ),
      ),
    )
    await other.close()
    const inOrder = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).toSorted()
    const raw = await storage.connection
      .reader()
      .selectFrom('provider_observation')
      .select(['provider_id', 'step', 'outcome', 'reason', sql<number>`at - at % ${sql.lit(5 * minute)}`.as('at')])
      .select(sql<number>`count(*)`.as('count'))
      .where('step', '<>', 'probe')
      .groupBy(['provider_id', 'step', 'outcome', 'reason', sql`at - at % ${sql.lit(5 * minute)}`])
      .execute()
    const counted = await storage.connection
      .reader()
      .selectFrom('provider_count')
      .select(['provider_id', 'step', 'outcome', 'reason', 'at', 'count'])
      .execute()
    assert.deepEqual(inOrder(counted), inOrder(raw.map((row) => ({ ...row, reason: row.reason ?? '' }))))
    assert.equal(
      counted.filter((row) => /one|two/.test(row.provider_id)).reduce((sum, row) => sum + row.count, 0),
      10 * batch(0).filter(({ step }) => step !== 'probe').length,
    )
  })

  test('the steps of an attempt are in order, without those of other attempts', async () => {
    const steps = await report().steps('K7QF-3M2P')
    assert.deepEqual(
      steps.map(({ step, at }) => [step, at - now]),
      [
        ['start', -5_000],
        ['return', -1_000],
      ],
    )
  })

  test('the audit trail is searched by the whole reference, never by a pattern', async () => {
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
