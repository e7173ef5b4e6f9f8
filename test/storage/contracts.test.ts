import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Stores } from '#compose/stores.ts'
import type { AccountIdentifier } from '#features/account/index.ts'
import { mailsToAddress } from '#features/mailed-link/budgets.ts'
import type { Session } from '#features/session/index.ts'
import { signInsByName } from '#features/sign-in/budgets.ts'
import { reset, take, takeOrRefuse } from '#features/throttle/index.ts'
import { day, hour, minute, second } from '#kernel/duration.ts'
import { type AccountId, newId, type SessionId } from '#kernel/id.ts'
import { Problem, refusalFrom } from '#kernel/problem.ts'
import { systemRandom } from '#kernel/random.ts'
import { onEachEngine } from '../support/engines.ts'
import { openStorage, type TestStorage } from '../support/storage.ts'

const someId = <Id extends string>() => newId<Id>(systemRandom)

/** The number of promises that resolve to true. */
const countTrue = async (answers: readonly Promise<boolean>[]) => (await Promise.all(answers)).filter(Boolean).length

onEachEngine((engine) => {
  let storage: TestStorage
  let read: Stores
  let write: TestStorage['database']['inTransaction']
  /** The current time. Only changed by tests. */
  let now: number

  before(async () => {
    storage = await openStorage(engine)
    read = storage.database.read
    write = storage.database.inTransaction
    now = storage.clock.now()
  })
  after(() => storage.close())

  const makeAccount = async () => {
    const id = someId<AccountId>()
    const account = { id, name: 'Zoë 👩‍🚀 Quandt', locale: 'de', createdAt: now, disabledAt: null } as const
    await write(({ accounts }) => accounts.insert(account))
    assert.deepEqual(await read.accounts.find(id), account)
    return id
  }
  const addressOf = (accountId: AccountId, canonical: string, provedAt: number | null): AccountIdentifier => ({
    id: someId(),
    accountId,
    kind: 'email',
    canonical,
    display: canonical,
    provedAt,
    primary: true,
  })
  const insert = (row: AccountIdentifier) => write(({ identifiers }) => identifiers.insert(row, now))

  describe('accounts', () => {
    test('are disabled only once, and can be enabled again', async () => {
      const id = await makeAccount()
      const disabled = Array.from({ length: 5 }, () => write(({ accounts }) => accounts.disable(id, now)))
      assert.equal(await countTrue(disabled), 1)
      assert.equal((await read.accounts.find(id))?.disabledAt, now)
      await write(({ accounts }) => accounts.enable(id))
      assert.equal((await read.accounts.find(id))?.disabledAt, null)
    })

    test('that do not exist cannot be locked or disabled', async () => {
      const nobody = someId<AccountId>()
      assert.equal(await write(({ accounts }) => accounts.lock(nobody)), undefined)
      assert.equal(await write(({ accounts }) => accounts.disable(nobody, now)), false)
    })
  })

  describe('identifiers', () => {
    test('ECH-3: of many accounts that prove the same address concurrently, exactly one gets it', async () => {
      const owners = await Promise.all(Array.from({ length: 8 }, makeAccount))
      const rows = owners.map((owner) => addressOf(owner, 'same@x.de', now))
      const outcomes = await Promise.allSettled(rows.map(insert))
      assert.equal(outcomes.filter((one) => one.status === 'fulfilled').length, 1)
      for (const one of outcomes) if (one.status === 'rejected') assert.equal(one.reason.name, 'UniqueConflict')
    })

    test('a claim does not identify an account until it is proved, and proving deletes the claims of others', async () => {
      const [one, other] = [await makeAccount(), await makeAccount()]
      const named = { kind: 'email', canonical: 'claimed@x.de' } as const
      for (const owner of [one, other]) await insert(addressOf(owner, named.canonical, null))
      assert.equal(await read.identifiers.findProved(named), undefined)
      assert.equal((await read.identifiers.listClaims(named)).length, 2)
      await write(async ({ identifiers }) => {
        assert.equal(await identifiers.prove(other, named, now), true)
        assert.equal(await identifiers.prove(other, named, now + 1), true)
        await identifiers.deleteClaims({ ...named, display: '' } as never, other)
      })
      const proved = await read.identifiers.findProved(named)
      assert.deepEqual([proved?.accountId, proved?.provedAt], [other, now])
      assert.deepEqual(await read.identifiers.listOfAccount(one), [])
      assert.equal(await write(({ identifiers }) => identifiers.prove(one, named, now)), false)
      await insert(addressOf(one, named.canonical, null))
      await assert.rejects(
        write(({ identifiers }) => identifiers.prove(one, named, now)),
        { name: 'UniqueConflict' },
      )
    })

    test('IDN-6: the same text of another kind is a different identifier', async () => {
      const owner = await makeAccount()
      await insert({ ...addressOf(owner, '+491712345678', now), kind: 'phone' })
      const named = { canonical: '+491712345678' }
      assert.equal(await read.identifiers.findProved({ ...named, kind: 'email' }), undefined)
      assert.equal((await read.identifiers.findProved({ ...named, kind: 'phone' }))?.accountId, owner)
    })
  })

  describe('passwords', () => {
    test('D8: concurrent failures are all counted, and the password is disabled once', async () => {
      const id = await makeAccount()
      await write(({ passwords }) => passwords.set(id, 'hash', now))
      const counts = await Promise.all(Array.from({ length: 20 }, () => write(({ passwords }) => passwords.fail(id))))
      assert.deepEqual(
        counts.toSorted((a, b) => a - b),
        Array.from({ length: 20 }, (_, index) => index + 1),
      )
      const disabled = Array.from({ length: 5 }, () => write(({ passwords }) => passwords.disable(id, now)))
      assert.equal(await countTrue(disabled), 1)
      assert.equal(await write(({ passwords }) => passwords.accept(id, 'hash')), false)
    })

    test('a password that was changed in the meantime is neither accepted nor re-hashed', async () => {
      const id = await makeAccount()
      await write(({ passwords }) => passwords.set(id, 'first', now))
      assert.equal(await write(({ passwords }) => passwords.accept(id, 'first')), true)
      await write(({ passwords }) => passwords.set(id, 'second', now))
      assert.equal(await write(({ passwords }) => passwords.accept(id, 'first')), false)
      await write(({ passwords }) => passwords.rehash(id, 'first', 'first anew'))
      assert.equal((await read.passwords.find(id))?.hash, 'second')
      await write(({ passwords }) => passwords.rehash(id, 'second', 'second anew'))
      assert.equal((await read.passwords.find(id))?.hash, 'second anew')
    })

    test('a new password is enabled and has no failures', async () => {
      const id = await makeAccount()
      await write(async ({ passwords }) => {
        await passwords.set(id, 'hash', now)
        await passwords.fail(id)
        await passwords.disable(id, now)
        await passwords.set(id, 'new', now + 1)
      })
      assert.deepEqual(await read.passwords.find(id), {
        accountId: id,
        hash: 'new',
        changedAt: now + 1,
        failures: 0,
        disabledAt: null,
      })
    })

    test('failures without an account are not counted', async () => {
      assert.equal(await write(({ passwords }) => passwords.fail('' as AccountId)), 0)
      assert.equal(await read.passwords.find('' as AccountId), undefined)
    })
  })

  describe('mailed links', () => {
    const makeLink = async (canonical = `${someId()}@x.de`, expiresAt = now + hour) => {
      const { hash } = storage.secrets.issue('link')
      const link = {
        id: someId(),
        purpose: 'reset-password',
        accountId: someId<AccountId>(),
        canonical,
        display: canonical,
        details: { continueTo: '/portals?a="b"&c=ü' },
        createdAt: now,
        expiresAt,
        consumedAt: null,
        supersededAt: null,
      } as const
      await write(({ mailedLinks }) => mailedLinks.insert(link, hash, someId()))
      assert.deepEqual(await read.mailedLinks.findByToken(hash), link)
      return link
    }
    const consume = (id: string, at = now) => write(({ mailedLinks }) => mailedLinks.consume(id, at))

    test('RST-3: of twenty concurrent uses, exactly one succeeds', async () => {
      const { id } = await makeLink()
      assert.equal(await countTrue(Array.from({ length: 20 }, () => consume(id))), 1)
      assert.equal(await consume(id), false)
    })

    test('RST-4: a newer link, or the account, supersedes older ones', async () => {
      const older = await makeLink()
      await write(({ mailedLinks }) => mailedLinks.supersede(older.canonical, ['sign-up'], now))
      await write(({ mailedLinks }) => mailedLinks.supersede('other@x.de', ['reset-password'], now))
      const [other, third] = [await makeLink(older.canonical), await makeLink()]
      await write(({ mailedLinks }) => mailedLinks.supersede(older.canonical, ['reset-password'], now))
      assert.deepEqual([await consume(older.id), await consume(other.id)], [false, false])
      await write(({ mailedLinks }) => mailedLinks.supersedeOfAccount(third.accountId, now))
      assert.equal(await consume(third.id), false)
    })

    test('RST-11: a link is valid until it expires, and not a moment longer', async () => {
      const [early, late] = [await makeLink(), await makeLink()]
      assert.equal(await consume(early.id, early.expiresAt - 1), true)
      assert.equal(await consume(late.id, late.expiresAt), false)
    })
  })

  describe('sessions', () => {
    const makeSession = async (accountId = someId<AccountId>()) => {
      const { hash } = storage.secrets.issue('session')
      const session: Session = {
        id: someId<SessionId>(),
        accountId,
        proofs: [{ authenticator: 'password', accountId, amr: ['pwd'], provenAt: now, userVerified: true }],
        device: 'Firefox, Windows',
        clientNetwork: '203.0.113.0/24',
        createdAt: now,
        lastSeenAt: now,
        idleExpiresAt: now + hour,
        expiresAt: now + day,
      }
      await write(({ sessions }) => sessions.insert(session, hash))
      return { session, hash }
    }

    test('are found by the hash of their token until they expire', async () => {
      const { session, hash } = await makeSession()
      assert.deepEqual(await read.sessions.findByToken(hash, now), session)
      assert.equal(await read.sessions.findByToken(hash, session.idleExpiresAt), undefined)
      await write(({ sessions }) => sessions.touch(session.id, now, now + 2 * day))
      assert.ok(await read.sessions.findByToken(hash, now + hour))
      assert.equal(await read.sessions.findByToken(hash, session.expiresAt), undefined)
    })

    test('SES-1: a new token replaces the old one', async () => {
      const { session, hash } = await makeSession()
      const fresh = storage.secrets.issue('session').hash
      await write(({ sessions }) => sessions.strengthen(session.id, fresh, session.proofs))
      assert.equal(await read.sessions.findByToken(hash, now), undefined)
      assert.equal((await read.sessions.findByToken(fresh, now))?.id, session.id)
    })

    test('ECH-6: can only be ended by their owner, and only once', async () => {
      const { session } = await makeSession()
      assert.equal(await write(({ sessions }) => sessions.delete(session.id, someId<AccountId>())), false)
      const ended = Array.from({ length: 5 }, () =>
        write(({ sessions }) => sessions.delete(session.id, session.accountId)),
      )
      assert.equal(await countTrue(ended), 1)
    })

    test('SES-3: all sessions of an account end, and those of others stay', async () => {
      const owner = someId<AccountId>()
      const [one, other, stranger] = [await makeSession(owner), await makeSession(owner), await makeSession()]
      const ended = await write(({ sessions }) => sessions.deleteOfAccount(owner, one.session.id))
      assert.deepEqual(ended, [other.session.id])
      assert.deepEqual(await write(({ sessions }) => sessions.deleteOfAccount(owner)), [one.session.id])
      assert.ok(await read.sessions.findByToken(stranger.hash, now))
    })
  })

  describe('known browsers', () => {
    test('ENU-7: are known to the accounts that signed in with them, until they expire', async () => {
      const { hash } = storage.secrets.issue('known-browser')
      const [one, other] = [someId<AccountId>(), someId<AccountId>()]
      const remember = (accountId: AccountId, at: number) =>
        write(({ knownBrowsers }) =>
          knownBrowsers.remember(hash, { accountId, lastWay: { kind: 'password' } }, at, at + day),
        )
      await remember(one, now)
      await remember(other, now + 1)
      await remember(one, now + 2)
      const list = async (at: number) => (await read.knownBrowsers.list(hash, at)).map((entry) => entry.accountId)
      assert.deepEqual(await list(now + 3), [one, other])
      assert.deepEqual(await list(now + day + 1), [one])
      assert.deepEqual(await read.knownBrowsers.list(storage.secrets.issue('known-browser').hash, now), [])
      await write(({ knownBrowsers }) => knownBrowsers.deleteOfAccount(one))
      assert.deepEqual(await list(now + 3), [other])
    })
  })

  describe('federated identifiers', () => {
    test('LNK-6: of many accounts that link one identity concurrently, exactly one gets it', async () => {
      const subject = someId()
      const taken = Array.from({ length: 10 }, () =>
        write(({ federatedIdentifiers }) =>
          federatedIdentifiers.insertIfFree({
            providerId: 'net',
            subject,
            accountId: someId<AccountId>(),
            linkedAt: now,
            lastUsedAt: now,
            quarantinedAt: null,
          }),
        ),
      )
      assert.equal(await countTrue(taken), 1)
      assert.equal(await read.federatedIdentifiers.find('another', subject), undefined)
    })
  })

  describe('the throttle', () => {
    const deps = () => ({ clock: storage.clock, secrets: storage.secrets })
    const name = signInsByName
    // Ten attempts at once, then one a minute.
    const [burst, every] = [10, minute]
    const tryOnce = (subject: string) => write(({ throttle }) => take(deps(), throttle, name, subject))
    /** Takes one attempt. Seconds until the next is granted, or 0 if this one was. */
    const wait = async (subject: string) => {
      let seconds = 0
      const refusal = (retryAfter: number) => {
        seconds = retryAfter
        return new Problem('throttled', 'sign-in.too-many')
      }
      await write(({ throttle }) => takeOrRefuse(deps(), throttle, name, subject, refusal)).catch(refusalFrom)
      return seconds
    }

    test('RST-12: of twenty concurrent attempts, no more pass than the budget allows', async () => {
      assert.equal(await countTrue(Array.from({ length: 20 }, () => tryOnce('parallel'))), burst)
      assert.ok((await wait('parallel')) > 0)
    })

    test('an attempt is granted after each interval, and refused attempts are not counted', async () => {
      for (let tries = 0; tries < burst; tries++) assert.equal(await tryOnce('patient'), true)
      for (let tries = 0; tries < 5; tries++) assert.equal(await tryOnce('patient'), false)
      const seconds = await wait('patient')
      assert.ok(seconds > 0 && seconds <= every / second)
      storage.clock.advance(every)
      assert.equal(await wait('patient'), 0)
      assert.equal(await tryOnce('patient'), false)
    })

    test('after a long wait the whole budget is available, and no more', async () => {
      for (let tries = 0; tries < burst; tries++) await tryOnce('rested')
      storage.clock.advance(day)
      assert.equal(await countTrue(Array.from({ length: burst + 5 }, () => tryOnce('rested'))), burst)
    })

    test('subjects and budgets are counted separately, and a reset restores only one', async () => {
      for (let tries = 0; tries <= burst; tries++) await tryOnce('one')
      assert.equal(await tryOnce('other'), true)
      assert.equal(await write(({ throttle }) => take(deps(), throttle, mailsToAddress, 'one')), true)
      await write(({ throttle }) => reset(deps(), throttle, name, 'one'))
      assert.equal(await tryOnce('one'), true)
    })

    test('LOG-2: subjects are not stored in clear text', async () => {
      await tryOnce('anna@example.org')
      const rows = await storage.connection.migrator.selectFrom('throttle').selectAll().execute()
      assert.ok(rows.every((row) => /^[\w-]{43}$/.test(row.key)))
    })

    test('F15: setting the clock back grants no attempt', async () => {
      for (let tries = 0; tries < burst; tries++) await tryOnce('back')
      storage.clock.advance(-10 * minute)
      assert.equal(await tryOnce('back'), false)
      storage.clock.advance(10 * minute)
    })

    test('F15: a clock that was temporarily a day ahead does not lock anybody out for a day', async () => {
      storage.clock.advance(day)
      for (let tries = 0; tries < burst; tries++) await tryOnce('ahead')
      storage.clock.advance(-day)
      assert.equal(await countTrue(Array.from({ length: burst + 5 }, () => tryOnce('ahead'))), burst)
    })
  })

  test('a browser has at most one pending link, even with concurrent tabs', async () => {
    const accountId = await makeAccount()
    const pending = (subject: string) => ({
      id: someId(),
      browserHash: 'tabs',
      accountId,
      providerId: 'sim-google',
      subject,
      createdAt: now,
      expiresAt: now + hour,
    })
    const subjects = ['1', '2', '3', '4']
    await Promise.all(subjects.map((each) => write(({ pendingLinks }) => pendingLinks.insert(pending(each)))))
    const consumed = await Promise.all(
      subjects.map(() => write(({ pendingLinks }) => pendingLinks.consume('tabs', now))),
    )
    assert.equal(consumed.filter(Boolean).length, 1)
    await write(({ pendingLinks }) => pendingLinks.insert(pending('5')))
    assert.equal((await write(({ pendingLinks }) => pendingLinks.consume('tabs', now)))?.subject, '5')
  })
})
