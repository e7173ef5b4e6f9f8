import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { day, minute, second } from '#kernel/duration.ts'
import { systemRandom } from '#kernel/random.ts'
import { systemTimers } from '#kernel/timers.ts'
import { logout } from '#oidc/index.ts'
import {
  channel,
  type Deliver,
  type Email,
  email,
  enqueue,
  type OutboxWorker,
  PermanentRefusal,
  replace,
  replaceWithNothing,
  startOutboxWorker,
  type Transport,
  transport,
} from '#outbox/index.ts'
import { onEachEngine } from '../support/engines.ts'
import { openStorage, type TestStorage } from '../support/storage.ts'

const mail = { to: 'anna@example.org', subject: 'Hello', html: '<p>Hello</p>', text: 'Hello' }

onEachEngine((engine) => {
  let storage: TestStorage
  const workers: OutboxWorker[] = []
  /** The messages that the transport received, in order. */
  let sent: { readonly id: string; readonly to: string }[] = []

  before(async () => {
    storage = await openStorage(engine)
  })
  beforeEach(() => {
    sent = []
  })
  // A leftover worker would poll the next test's outbox.
  afterEach(() => Promise.all(workers.splice(0).map((worker) => worker.close())))
  after(() => storage.close())

  const start = (deliver: Deliver<Email>, others: readonly Transport[] = []) => {
    const { clock, random, secrets, database } = storage
    const worker = startOutboxWorker({
      timers: systemTimers,
      inTransaction: database.inTransaction,
      clock,
      random,
      secrets,
      transports: [transport(email, deliver), ...others],
      onError: () => {},
    })
    workers.push(worker)
    return worker
  }
  const take: Deliver<Email> = async (id, { to }) => {
    sent.push({ id, to })
  }
  const put = (expiresAt = storage.clock.now() + day) =>
    storage.database.inTransaction(({ outbox }) =>
      enqueue({ ...storage, wake: () => {} }, outbox, email, mail, expiresAt),
    )
  const status = async (id: string) => (await storage.database.read.outbox.deliveryStatus(id))?.state

  test('a mail is sent once, and its content is deleted', async () => {
    const id = await put()
    const worker = start(take)
    await worker.drain()
    await worker.drain()
    assert.deepEqual(sent, [{ id, to: mail.to }])
    assert.equal(await status(id), 'accepted')
    const row = await storage.connection.migrator
      .selectFrom('outbox')
      .select('payload')
      .where('id', '=', id)
      .executeTakeFirst()
    assert.equal(row?.payload, '')
  })

  test('LOG-2: the content of a queued mail is encrypted', async () => {
    const id = await put()
    const row = await storage.connection.migrator
      .selectFrom('outbox')
      .select('payload')
      .where('id', '=', id)
      .executeTakeFirst()
    assert.ok(row && !row.payload.includes(mail.to) && !row.payload.includes(mail.text))
    assert.deepEqual(JSON.parse(storage.secrets.decrypt('outbox', row.payload)), mail)
    await start(take).drain()
  })

  test('a transaction that rolls back sends nothing', async () => {
    const failing = storage.database.inTransaction(async ({ outbox }) => {
      await enqueue({ ...storage, wake: () => {} }, outbox, email, mail, storage.clock.now() + day)
      throw new Error('the act failed')
    })
    await assert.rejects(failing, /the act failed/)
    await start(take).drain()
    assert.deepEqual(sent, [])
  })

  test('F7: failed deliveries are retried with growing backoff under the same id, and no mail is lost', async () => {
    const id = await put()
    const tries: string[] = []
    const worker = start(async (tried) => {
      tries.push(tried)
      if (tries.length < 4) throw new Error('451 try again later')
    })
    await worker.drain()
    await worker.drain()
    assert.deepEqual(tries, [id], 'it was tried again at once')
    const waits: number[] = []
    for (let known = 1; known < 4; known = tries.length) {
      for (let waited = 0; tries.length === known; waited += 1) {
        storage.clock.advance(second)
        await worker.drain()
        if (tries.length > known) waits.push(waited)
      }
    }
    assert.deepEqual(tries, [id, id, id, id])
    const [first = 0, second_ = 0, third = 0] = waits
    assert.ok(first <= 5 && second_ <= 10 && third <= 20, waits.join())
    assert.ok(first >= 2 && second_ >= 4 && third >= 9, waits.join())
    assert.equal(await status(id), 'accepted')
  })

  test('F7: a permanent refusal is not retried', async () => {
    const id = await put()
    let tries = 0
    const worker = start(async () => {
      tries += 1
      throw new PermanentRefusal(new Error('550 no such user'))
    })
    await worker.drain()
    storage.clock.advance(minute)
    await worker.drain()
    assert.equal(tries, 1)
    assert.equal(await status(id), 'refused')
  })

  test('F6: an expired mail is not sent', async () => {
    const id = await put(storage.clock.now() + minute)
    storage.clock.advance(minute)
    await start(take).drain()
    assert.deepEqual(sent, [])
    assert.equal(await status(id), 'expired')
  })

  test('two workers never send the same mail at the same time', async () => {
    const ids = new Set<string>()
    for (let count = 0; count < 12; count++) ids.add(await put())
    const [one, other] = [start(take), start(take)]
    await Promise.all([one.drain(), other.drain()])
    await Promise.all([one.drain(), other.drain()])
    assert.equal(sent.length, ids.size)
    assert.deepEqual(new Set(sent.map((each) => each.id)), ids)
  })

  test('unresponsive portals do not delay mail', async () => {
    const { database, clock } = storage
    const message = { clientId: 'nordwind', subject: 'anna', sid: 'one' }
    await database.inTransaction(async ({ outbox }) => {
      for (let portal = 0; portal < 6; portal += 1) {
        await enqueue({ ...storage, wake: () => {} }, outbox, logout, message, clock.now() + day)
      }
    })
    const id = await put()
    const silence = Promise.withResolvers<void>()
    const worker = start(
      async (id, { to }) => {
        await take(id, { ...mail, to })
        silence.resolve()
      },
      [transport(logout, () => silence.promise)],
    )
    await worker.drain()
    assert.deepEqual(sent, [{ id, to: mail.to }])
  })

  test('F2: messages claimed by a dead worker are sent by another one after the lease, under the same id', async () => {
    const id = await put()
    const { clock, database } = storage
    const now = clock.now()
    const taken = await database.inTransaction(({ outbox }) => outbox.claim(['email'], now, now + 2 * minute, 5))
    assert.deepEqual(
      taken.map((row) => row.id),
      [id],
    )
    const worker = start(take)
    await worker.drain()
    assert.deepEqual(sent, [])
    clock.advance(2 * minute)
    await worker.drain()
    assert.deepEqual(sent, [{ id, to: mail.to }])
  })

  test('ENU-2: an order becomes its mail under its own id, once', async () => {
    const { database, clock } = storage
    const deps = { ...storage, wake: () => {} }
    const ordered = {
      identifier: { kind: 'email', canonical: mail.to, display: mail.to },
      continueTo: '/',
      locale: 'de',
      clientNetwork: 'x',
    } as const
    const [orders, others] = [channel<typeof ordered>('orders', 'people'), channel<typeof ordered>('others', 'people')]
    const order = (to: typeof orders) =>
      database.inTransaction(({ outbox }) => enqueue(deps, outbox, to, ordered, clock.now() + day))
    const [recovery, nothing] = [await order(orders), await order(others)]
    const carryOut = (id: string) =>
      database.inTransaction(({ outbox }) => replace(deps, outbox, { id, channel: orders }, email, mail))
    const worker = start(take, [
      transport(orders, carryOut),
      transport(others, (id) =>
        database.inTransaction(({ outbox }) => replaceWithNothing(deps, outbox, { id, channel: others })),
      ),
    ])
    await worker.drain()
    assert.deepEqual(sent, [{ id: recovery, to: mail.to }])
    assert.equal(await status(recovery), 'accepted')
    clock.advance(2 * second)
    await worker.drain()
    assert.equal(await status(nothing), 'accepted')
    await assert.rejects(carryOut(recovery), /was replaced before/)
    assert.equal(sent.length, 1)
  })

  test('an unreadable message does not block the others', async () => {
    const { database, clock } = storage
    await database.inTransaction(({ outbox }) =>
      outbox.insert({
        id: 'garbled',
        channel: 'email',
        payload: 'x.y.z',
        expiresAt: clock.now() + minute,
        now: clock.now(),
      }),
    )
    const id = await put()
    const worker = start(take)
    await worker.drain()
    assert.deepEqual(
      sent.map((each) => each.id),
      [id],
    )
    clock.advance(minute)
    await worker.drain()
    assert.equal(await status('garbled'), 'expired')
  })

  test('waking the worker while it sends is not lost', async () => {
    const begun = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    const both = Promise.withResolvers<void>()
    const worker = start(async (id, { to }) => {
      sent.push({ id, to })
      if (sent.length === 2) both.resolve()
      begun.resolve()
      await goOn.promise
    })
    await put()
    worker.wake()
    await begun.promise
    await put()
    worker.wake()
    goOn.resolve()
    await both.promise
    assert.equal(sent.length, 2)
  })
})

test('jitter shortens each backoff by at most a half', async () => {
  const { backoff } = await import('#outbox/worker.ts')
  const waits = Array.from({ length: 12 }, (_, index) => backoff(systemRandom, index + 1))
  for (const [index, wait] of waits.entries()) {
    const longest = Math.min(5 * minute, 5 * second * 2 ** index)
    assert.ok(wait >= longest / 2 && wait <= longest, `${index + 1}: ${wait}`)
  }
})
