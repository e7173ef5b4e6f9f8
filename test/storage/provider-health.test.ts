import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createHealthWatch, type Incident, type NewObservation } from '#features/provider-health/index.ts'
import { day, second } from '#kernel/duration.ts'
import { newId } from '#kernel/id.ts'
import { systemTimers } from '#kernel/timers.ts'
import { type Engine, onEachEngine } from '../support/engines.ts'
import { openStorage, type TestStorage } from '../support/storage.ts'

function startNode({ clock, random, secrets, database }: TestStorage) {
  return createHealthWatch({
    timers: systemTimers,
    ...{ clock, random, secrets, read: database.read, inTransaction: database.inTransaction },
    providers: async () => [],
    probe: async () => [],
    overdue: async () => [],
    onIncidentChange: async () => {},
    onError: assert.ifError,
  })
}

async function inStorage(engine: Engine, run: (storage: TestStorage) => Promise<void>): Promise<void> {
  const storage = await openStorage(engine)
  try {
    await run(storage)
  } finally {
    await storage.close()
  }
}

onEachEngine((engine) => {
  test('nodes that make the same observations concurrently count them once and open one incident', () =>
    inStorage(engine, async (storage) => {
      const { clock, database, connection } = storage
      const nodes = Array.from({ length: 4 }, () => startNode(storage))
      const networks = ['a', 'b', 'c']
      const from = clock.now() - (clock.now() % second)
      for (let round = 0; round < 6; round += 1) {
        for (const [number, node] of nodes.entries()) {
          // In a different order on each node.
          const order = number % 2 ? networks : networks.toReversed()
          for (const providerId of order) {
            const seen: Omit<NewObservation, 'step' | 'reason'> = {
              ...{ providerId, at: from + round * second + number, outcome: 'failed', milliseconds: null },
              ...{ clientNetwork: '10.0.0.0/24', reference: null },
            }
            node.observe({ ...seen, step: 'browser', reason: 'unreachable-here' })
            node.observe({ ...seen, step: 'start', reason: 'unreachable' })
          }
        }
        await Promise.all(nodes.map((node) => node.settle()))
      }
      const written = await connection.reader().selectFrom('provider_observation').select('id').execute()
      assert.equal(written.length, 6 * 4 * 3 * 2)
      const open = (await database.read.incidents.listOpen()).map((each) => [each.providerId, each.clientNetwork])
      assert.deepEqual(
        open.toSorted(),
        networks.flatMap((network) => [
          [network, ''],
          [network, '10.0.0.0/24'],
        ]),
      )
      const evidence = await database.read.evidence.ofProvider('a', [''])
      assert.equal(evidence.get('')?.evidence.contact?.run, 6, 'each second counts once')
      for (const node of nodes) await node.close()
    }))

  test('F15: a clock that jumps during an attempt does not prevent recording its observations', () =>
    inStorage(engine, async (storage) => {
      const node = startNode(storage)
      for (const milliseconds of [26 * day, -26 * day, 5]) {
        const seen = {
          providerId: 'x',
          at: storage.clock.now(),
          outcome: 'good',
          reason: null,
          milliseconds,
        } as const
        node.observe({ ...seen, step: 'start', clientNetwork: '10.0.0.0/24', reference: null })
      }
      await node.settle()
      const rows = await storage.connection.reader().selectFrom('provider_observation').select('milliseconds').execute()
      assert.deepEqual(rows.map((row) => row.milliseconds).toSorted(), [0, 5, day].toSorted())
      await node.close()
    }))

  test('the state for everybody is known however many client networks are in trouble', () =>
    inStorage(engine, async ({ clock, random, database }) => {
      const incident = (clientNetwork: string, since: number): Incident => ({
        ...{ id: newId(random), providerId: 'x', clientNetwork, state: 'troubled', reason: 'slow' },
        ...{ evidence: { stream: 'reach', good: 0, bad: 5, run: 5, share: 1 }, since, endedAt: null },
      })
      const now = clock.now()
      await database.inTransaction(async ({ incidents }) => {
        await incidents.insert(incident('', now))
        for (let number = 0; number < 1_100; number += 1) {
          await incidents.insert(incident(`10.${number >> 8}.${number & 255}.0/24`, now + number))
        }
      })
      const open = await database.read.incidents.listOpen()
      assert.equal(open.length, 1_000)
      assert.equal(open[0]?.clientNetwork, '')
      assert.equal(open[1]?.since, now + 1_099)
    }))
})
