import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { day } from '#kernel/duration.ts'
import { type AccountId, newId } from '#kernel/id.ts'
import { systemRandom } from '#kernel/random.ts'
import { insertAccount } from '#test/support/accounts.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { onEachEngine } from '#test/support/engines.ts'
import { allRows, changes } from '#test/support/rows.ts'
import type { Browser, StartedSession } from '../browser.ts'
import type { Proof } from '../proof.ts'
import { startSession } from './start-session.ts'

onEachEngine((engine) => {
  describe('starting a session', () => {
    let app: TestApp
    let accountId: AccountId

    const browser: Browser = { device: 'Firefox', clientNetwork: '203.0.113.0/24' }
    const newAccount = () => insertAccount(app)

    before(async () => {
      app = await startApp({ engine })
    })
    after(() => app.close())
    beforeEach(async () => {
      accountId = await newAccount()
    })

    const byPassword = (account = accountId): Proof => ({
      authenticator: 'password',
      accountId: account,
      amr: ['pwd'],
      provenAt: app.clock.now(),
      userVerified: true,
    })
    const byNetwork = (providerId: string): Proof => ({
      ...byPassword(),
      authenticator: 'network',
      amr: ['fed'],
      providerId,
    })
    const start = (proofs: readonly [Proof, ...Proof[]] = [byPassword()], from = browser) =>
      app.database.inTransaction((stores) => startSession(app.foundation, stores, proofs, from))
    const read = () => app.database.read
    const byToken = ({ token }: StartedSession) =>
      read().sessions.findByToken(app.foundation.secrets.hash('session', token), app.clock.now())
    const sessionsOf = (account: AccountId) => read().sessions.listOfAccount(account, app.clock.now())
    const knownBy = (knownToken: string) =>
      read().knownBrowsers.list(app.foundation.secrets.hash('known-browser', knownToken), app.clock.now())
    const eventsOf = async (account: AccountId) =>
      (await read().audit.listOfAccount(account, 100)).map(({ event }) => event).toSorted()
    /** An engine session at a portal, which ends with the session that it belongs to. */
    const openPortal = async ({ session }: StartedSession) => {
      const id = newId(systemRandom)
      await app.database.inTransaction(({ artifacts }) =>
        artifacts.upsert({
          model: 'Session',
          id,
          payload: { accountId: session.accountId, authorizations: { nordwind: { sid: id } } },
          grantId: null,
          uid: null,
          sessionId: session.id,
          createdAt: app.clock.now(),
          consumedAt: null,
          expiresAt: null,
        }),
      )
      return async () => (await read().artifacts.find('Session', id)) !== undefined
    }
    const logouts = async () => {
      const rows = await app.foundation.connection.migrator
        .selectFrom('outbox')
        .select('id')
        .where('channel', '=', 'logout')
        .execute()
      return rows.length
    }

    test('it is found by its token only, with its proofs, device, client network and expiry', async () => {
      const now = app.clock.now()
      const proofs = [byNetwork('google'), byPassword()] as const
      const started = await start(proofs)
      const session = await byToken(started)
      assert.deepEqual(session, started.session)
      assert.deepEqual(session?.proofs, proofs)
      assert.equal(session?.accountId, accountId)
      assert.deepEqual([session?.device, session?.clientNetwork], [browser.device, browser.clientNetwork])
      assert.ok(session && session.createdAt >= now)
      assert.equal(session.idleExpiresAt - session.createdAt, 7 * day)
      assert.equal(session.expiresAt - session.createdAt, 30 * day)
      assert.equal(await byToken({ ...started, token: session.id }), undefined)
    })

    test('LOG-2: neither of its tokens is stored in clear text', async () => {
      const { token, knownToken } = await start()
      const stored = JSON.stringify(await allRows(app))
      for (const secret of [token, knownToken]) {
        assert.ok(!stored.includes(secret) && !stored.includes(secret.slice(secret.indexOf('.') + 1)))
      }
    })

    test('the audit trail and the browser remember the first proof, with its network', async () => {
      const { knownToken } = await start([byNetwork('google'), byPassword()])
      assert.deepEqual(await knownBy(knownToken), [{ accountId, lastWay: { kind: 'network', providerId: 'google' } }])
      const [entry, ...more] = await read().audit.listOfAccount(accountId, 100)
      assert.deepEqual(more, [])
      assert.equal(entry?.event, 'sign-in.succeeded')
      assert.equal(entry.clientNetwork, browser.clientNetwork)
      assert.deepEqual(entry.details, { authenticator: 'network', provider: 'google', device: browser.device })
    })

    test('a browser keeps its known-browser token, and is known to each account that signs in with it', async () => {
      const { knownToken } = await start([byNetwork('google')])
      app.clock.advance(1)
      const again = await start([byPassword()], { ...browser, knownToken })
      assert.equal(again.knownToken, knownToken)
      app.clock.advance(1)
      const other = await newAccount()
      await start([byPassword(other)], { ...browser, knownToken })
      assert.deepEqual(await knownBy(knownToken), [
        { accountId: other, lastWay: { kind: 'password' } },
        { accountId, lastWay: { kind: 'password' } },
      ])
    })

    test('SES-1, ENU-7: a known-browser token that was not issued here, or has expired, is not reused', async () => {
      const { secrets } = app.foundation
      const { knownToken: old } = await start()
      app.clock.advance(365 * day)
      for (const planted of [
        '',
        'made-up',
        secrets.issue('known-browser').token,
        secrets.issue('session').token,
        old,
      ]) {
        const { knownToken } = await start([byPassword()], { ...browser, knownToken: planted })
        assert.notEqual(knownToken, planted)
        assert.deepEqual(await knownBy(planted), [])
        assert.equal((await knownBy(knownToken)).length, 1)
      }
    })

    test('SES-1: the same person gets a new token for the existing session, and portals stay open', async () => {
      const first = await start()
      const isOpen = await openPortal(first)
      const second = await start([byNetwork('google')], { ...browser, session: first.session })
      assert.equal(second.session.id, first.session.id)
      assert.equal(await byToken(first), undefined)
      assert.deepEqual((await byToken(second))?.proofs, second.session.proofs)
      assert.equal((await sessionsOf(accountId)).length, 1)
      assert.ok(await isOpen())
      assert.deepEqual(await eventsOf(accountId), ['sign-in.succeeded', 'sign-in.succeeded'])
    })

    test('OP-9: another person ends only the session in this browser and everything that depends on it', async () => {
      const [here, elsewhere] = [await start(), await start()]
      const isOpen = await openPortal(here)
      const isOpenElsewhere = await openPortal(elsewhere)
      const before = await logouts()
      const other = await newAccount()
      const theirs = await start([byPassword(other)], { ...browser, session: here.session })
      assert.notEqual(theirs.session.id, here.session.id)
      assert.equal(await byToken(here), undefined)
      assert.equal((await byToken(theirs))?.accountId, other)
      assert.deepEqual([await isOpen(), await isOpenElsewhere()], [false, true])
      assert.equal(await logouts(), before + 1)
      assert.ok(await byToken(elsewhere))
      assert.deepEqual(await eventsOf(accountId), ['session.ended', 'sign-in.succeeded', 'sign-in.succeeded'])
      assert.deepEqual(await eventsOf(other), ['sign-in.succeeded'])
    })

    test('a session that has ended in the meantime is neither ended nor audited again', async () => {
      const { session } = await start()
      await app.database.inTransaction(({ sessions }) => sessions.delete(session.id, accountId))
      const other = await newAccount()
      await start([byPassword(other)], { ...browser, session })
      assert.deepEqual(await eventsOf(accountId), ['sign-in.succeeded'])
      assert.ok(await byToken(await start([byPassword()], { ...browser, session })))
    })

    test('a disabled or missing account gets no session, and the one in this browser stays', async () => {
      const { session } = await start()
      const disabled = await newAccount()
      await app.database.inTransaction(({ accounts }) => accounts.disable(disabled, app.clock.now()))
      // No logout is queued for a portal.
      await app.drainMail()
      const before = await allRows(app)
      const from = { ...browser, session }
      await assert.rejects(start([byPassword(disabled)], from), { code: 'account.disabled' })
      const missing = newId<AccountId>(systemRandom)
      await assert.rejects(start([byPassword(missing)], from), { code: 'account.missing' })
      assert.deepEqual(changes(before, await allRows(app)), {})
    })

    test('of eight concurrent starts in one browser, one token works; in eight browsers, each does', async () => {
      const { session } = await start()
      const inOne = await Promise.all(Array.from({ length: 8 }, () => start([byPassword()], { ...browser, session })))
      const good = (await Promise.all(inOne.map(byToken))).filter((found) => found !== undefined)
      assert.equal(good.length, 1)
      assert.equal((await sessionsOf(accountId)).length, 1)
      const inEight = await Promise.all(Array.from({ length: 8 }, () => start()))
      assert.ok((await Promise.all(inEight.map(byToken))).every((found) => found !== undefined))
      assert.equal((await sessionsOf(accountId)).length, 9)
    })

    test('SES-3: eight sessions that start while the account is being disabled leave none', async () => {
      const { clock } = app
      const disabling = () =>
        app.database.inTransaction(async ({ accounts, sessions }) => {
          await accounts.disable(accountId, clock.now())
          await sessions.deleteOfAccount(accountId)
        })
      const beginning = Array.from({ length: 8 }, () => start())
      const results = await Promise.allSettled([...beginning.slice(0, 4), disabling(), ...beginning.slice(4)])
      for (const result of results) {
        if (result.status === 'rejected') assert.equal(result.reason.code, 'account.disabled')
      }
      assert.deepEqual(await sessionsOf(accountId), [])
    })
  })
})
