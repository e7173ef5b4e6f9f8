import assert from 'node:assert/strict'
import { test } from 'node:test'
import { day, minute } from '#kernel/duration.ts'
import type { AccountId, SessionId } from '#kernel/id.ts'
import { startApp } from '#test/support/app.ts'

test('expired rows are deleted, with everything that depends on an expired session', async () => {
  const app = await startApp({ engine: 'sqlite' })
  try {
    const { database, clock } = app
    const now = clock.now()
    const session = {
      id: 'session' as SessionId,
      accountId: 'account' as AccountId,
      proofs: [],
      device: '',
      clientNetwork: '',
      createdAt: now,
      lastSeenAt: now,
      idleExpiresAt: now + day,
      expiresAt: now + 30 * day,
    }
    const artifact = {
      payload: {},
      grantId: null,
      uid: null,
      sessionId: session.id,
      createdAt: now,
      consumedAt: null,
      expiresAt: now + 20 * day,
    }
    await database.inTransaction(async (stores) => {
      await stores.sessions.insert(session, 'hash')
      await stores.artifacts.upsert({ ...artifact, model: 'Session', id: 'one' })
      await stores.throttle.take('key', now, 1_000, 0)
    })
    await app.tidy()
    assert.ok(await database.read.sessions.find(session.id, now))

    clock.advance(2 * day)
    await app.tidy()
    assert.equal(await database.read.sessions.find(session.id, now), undefined)
    assert.equal(await database.read.artifacts.find('Session', 'one'), undefined)
    assert.equal(await database.read.throttle.find('key'), undefined)
  } finally {
    await app.close()
  }
})

test('observations of networks are kept for eight days, however many there are to delete', async () => {
  const app = await startApp({ engine: 'sqlite' })
  try {
    const { database, clock } = app
    const now = clock.now()
    const observation = { step: 'return', outcome: 'good', reason: null, milliseconds: null } as const
    const seenAt = (at: number, index: number) => ({
      ...{ ...observation, id: `${at} ${index}`, at, providerId: 'x', clientNetwork: '', reference: null },
    })
    await database.inTransaction(({ observations }) =>
      observations.insertAll([
        ...Array.from({ length: 450 }, (_, index) => seenAt(now - 8 * day - 1 - index * minute, index)),
        seenAt(now - 7 * day, 0),
      ]),
    )
    await app.tidy()
    const left = app.foundation.connection.reader()
    assert.equal((await left.selectFrom('provider_observation').select('id').execute()).length, 1)
    assert.equal((await left.selectFrom('provider_count').select('at').execute()).length, 1)
  } finally {
    await app.close()
  }
})
