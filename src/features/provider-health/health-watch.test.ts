import assert from 'node:assert/strict'
import { test } from 'node:test'
import { migrate, openConnection, type Queryable, withStores } from '#database/open.ts'
import { auditStore } from '#features/audit/index.ts'
import { throttleStore } from '#features/throttle/index.ts'
import { hour, minute, second } from '#kernel/duration.ts'
import { systemRandom } from '#kernel/random.ts'
import { createSecrets } from '#kernel/secret.ts'
import { systemTimers } from '#kernel/timers.ts'
import { evidenceStore } from './evidence.store.ts'
import { createHealthWatch } from './health-watch.ts'
import { incidentStore } from './incident.store.ts'
import { observationStore } from './observation.store.ts'
import type { NewObservation } from './observation.ts'
import { overrideStore } from './override.store.ts'

const bind = (db: Queryable) => ({
  audit: auditStore(db),
  evidence: evidenceStore(db),
  incidents: incidentStore(db),
  observations: observationStore(db),
  overrides: overrideStore(db),
  throttle: throttleStore(db),
})

type Fault = 'none' | 'writes' | 'reads'

/** A node whose database can fail on writes or reads. */
async function startNode() {
  let now = 1_000 * hour
  let fault: Fault = 'none'
  let probes = 0
  const connection = await openConnection('sqlite::memory:', () => {})
  await migrate(connection)
  const database = withStores(connection, bind)
  const watch = createHealthWatch({
    timers: systemTimers,
    clock: { now: () => now },
    random: systemRandom,
    secrets: createSecrets([Buffer.alloc(32, 1)], systemRandom),
    read: {
      incidents: {
        ...database.read.incidents,
        listOpen: async () => {
          if (fault === 'reads') throw new Error('away')
          return database.read.incidents.listOpen()
        },
      },
      overrides: database.read.overrides,
    },
    inTransaction: async (work) => {
      if (fault === 'writes') throw new Error('away')
      return database.inTransaction(work)
    },
    providers: async () => [{ id: 'x' }],
    probe: async () => {
      probes += 1
      return []
    },
    overdue: async () => [],
    onIncidentChange: async () => {},
    onError: assert.ifError,
  })
  const seen = (more: Partial<NewObservation> = {}): NewObservation => ({
    ...{ providerId: 'x', at: now, step: 'start', outcome: 'good', reason: null },
    ...{ milliseconds: 1, clientNetwork: '10.0.0.0/24', reference: null },
    ...more,
  })
  return {
    watch,
    seen,
    advance: (milliseconds: number) => {
      now += milliseconds
    },
    set: (next: Fault) => {
      fault = next
    },
    decide: (state: 'troubled' | 'off') =>
      database.inTransaction(({ overrides }) =>
        overrides.set({ providerId: 'x', state, until: now + hour, setBy: 'o', setAt: now }),
      ),
    goDown: async () => {
      for (let times = 0; times < 5; times += 1) {
        watch.observe(seen({ outcome: 'failed', reason: 'unreachable' }))
        now += second
      }
      await watch.settle()
      assert.equal(watch.health().get('x')?.state, 'down')
    },
    probes: () => probes,
    written: async () => (await connection.reader().selectFrom('provider_observation').select('id').execute()).length,
    close: async () => {
      await watch.close()
      await database.close()
    },
  }
}

test('an override takes effect even if observations cannot be written', async () => {
  const node = await startNode()
  await node.decide('off')
  node.watch.observe(node.seen())
  node.set('writes')
  await assert.rejects(node.watch.settle())
  assert.equal(node.watch.health().get('x')?.state, 'off')
  node.set('none')
  await node.watch.settle()
  assert.equal(await node.written(), 1)
  await node.close()
})

test('observations are not written twice if reading the state afterwards fails', async () => {
  const node = await startNode()
  node.watch.observe(node.seen())
  node.set('reads')
  await assert.rejects(node.watch.settle())
  node.set('none')
  await node.watch.settle()
  assert.equal(await node.written(), 1)
  await node.close()
})

test('after a long database outage all observations are written, from any number of client networks', async () => {
  const node = await startNode()
  const failed = { step: 'browser', outcome: 'failed', reason: 'unreachable-here' } as const
  for (let number = 0; number < 17_000; number += 1) {
    node.watch.observe(node.seen({ ...failed, clientNetwork: `10.${number >> 8}.${number & 255}.0/24` }))
  }
  await node.watch.settle()
  assert.equal(await node.written(), 17_000)
  await node.close()
})

test('the breaker stays closed for a network that an override calls troubled', async () => {
  const node = await startNode()
  await node.goDown()
  node.watch.breakerFor('x')
  assert.equal(node.watch.breakerFor('x'), 'unreachable')
  await node.decide('troubled')
  await node.watch.settle()
  assert.equal(node.watch.breakerFor('x'), undefined)
  await node.close()
})

test('a caller that would not send anybody does not use up the trial', async () => {
  const node = await startNode()
  await node.goDown()
  assert.equal(node.watch.breakerFor('x', false), 'unreachable')
  assert.equal(node.watch.breakerFor('x'), undefined)
  assert.equal(node.watch.breakerFor('x'), 'unreachable')
  await node.close()
})

test('a clock that is set back stops neither trials nor probes', async () => {
  const node = await startNode()
  await node.goDown()
  await node.watch.poll()
  assert.equal(node.watch.breakerFor('x'), undefined)
  node.advance(-hour)
  assert.equal(node.watch.breakerFor('x'), undefined)
  await node.watch.poll()
  assert.equal(node.probes(), 1)
  node.advance(2 * minute)
  await node.watch.poll()
  assert.equal(node.probes(), 2)
  await node.close()
})
