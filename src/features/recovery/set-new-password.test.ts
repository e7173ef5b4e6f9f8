import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { LinkPurpose } from '#features/mailed-link/index.ts'
import type { Proof } from '#features/session/index.ts'
import { authenticators, finishSignIn, signInsByName } from '#features/sign-in/index.ts'
import { completeSignUp } from '#features/sign-up/complete-sign-up.ts'
import { take } from '#features/throttle/index.ts'
import { day } from '#kernel/duration.ts'
import { type AccountId, newId } from '#kernel/id.ts'
import { systemRandom } from '#kernel/random.ts'
import { insertAccount, insertAddress } from '#test/support/accounts.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { onEachEngine } from '#test/support/engines.ts'
import { issueToken, type TestLink } from '#test/support/mailed-links.ts'
import { goodPassword, newEmail, subjectsTo } from '#test/support/people.ts'
import { otherPassword } from '#test/support/recovery.ts'
import { allRows, changes } from '#test/support/rows.ts'
import { setNewPassword } from './set-new-password.ts'

const clientNetwork = '203.0.113.0/24'
const changedMail = /Passwort.*geändert/

onEachEngine((engine) => {
  describe('setting a new password with a mailed link', () => {
    let app: TestApp
    let email: string
    let accountId: AccountId
    let oldHash: string

    before(async () => {
      app = await startApp({ engine })
      oldHash = await app.hasher.hash(goodPassword)
    })
    after(() => app.close())

    type Has = { readonly password?: boolean; readonly address?: 'proved' | 'claimed' }
    const newAccount = async (address: string, { password = true, address: state = 'proved' }: Has = {}) => {
      const id = await insertAccount(app)
      await insertAddress(app, id, address, state)
      if (password) await app.database.inTransaction(({ passwords }) => passwords.set(id, oldHash, app.clock.now()))
      return id
    }
    beforeEach(async () => {
      email = newEmail()
      accountId = await newAccount(email)
    })

    const newToken = (link: Partial<TestLink> = {}) =>
      issueToken(app, { purpose: 'reset-password', accountId, email, ...link })
    const deps = () => ({
      ...app.foundation,
      read: app.database.read,
      inTransaction: app.database.inTransaction,
      hasher: app.hasher,
      publicUrl: app.url,
      wake: () => {},
      authenticators,
    })
    const reset = (token: string, password = otherPassword, hasher = app.hasher) =>
      setNewPassword({ ...deps(), hasher }, { token, password, clientNetwork })
    /** A hasher that runs `meanwhile` while it works. */
    const hasherDuring = (happens: () => unknown): TestApp['hasher'] => ({
      ...app.hasher,
      hash: async (password) => {
        await happens()
        return app.hasher.hash(password)
      },
    })
    const passwordIs = async (password: string, account = accountId) => {
      const { hash } = (await app.database.read.passwords.find(account)) ?? {}
      return (await app.hasher.verify(hash, password)).right
    }
    type Stores = Parameters<Parameters<TestApp['database']['inTransaction']>[0]>[0]
    const browser = { device: 'Firefox', clientNetwork }
    /** Signs in with a new browser. @returns its known-browser token */
    const finish = async (stores: Stores, account: AccountId) => {
      const provenAt = app.clock.now()
      const proof: Proof = { authenticator: 'password', accountId: account, amr: ['pwd'], provenAt, userVerified: true }
      const finished = await finishSignIn(deps(), stores, proof, { browser, continueTo: '/' })
      assert.ok(finished.next === 'signed-in')
      return finished.started.knownToken
    }
    const signIn = (account = accountId) => app.database.inTransaction((stores) => finish(stores, account))
    const sessionsOf = (account = accountId) => app.database.read.sessions.listOfAccount(account, app.clock.now())
    const isKnown = async (knownToken: string) => {
      const hash = app.foundation.secrets.hash('known-browser', knownToken)
      return (await app.database.read.knownBrowsers.list(hash, app.clock.now())).length > 0
    }
    const provedOwner = async (address: string) =>
      (await app.database.read.identifiers.findProved({ kind: 'email', canonical: address }))?.accountId
    const entriesOf = async (account = accountId) =>
      (await app.database.read.audit.listOfAccount(account, 100)).toSorted((a, b) => a.event.localeCompare(b.event))
    const eventsOf = async (account = accountId) => (await entriesOf(account)).map(({ event }) => event)
    const changedMailsTo = async (address: string) =>
      (await subjectsTo(app, address)).filter((subject) => changedMail.test(subject)).length
    const linkNetwork = (account = accountId) =>
      app.database.inTransaction(({ federatedIdentifiers }) =>
        federatedIdentifiers.insertIfFree({
          providerId: 'google',
          subject: account,
          accountId: account,
          linkedAt: 1,
          lastUsedAt: 1,
          quarantinedAt: null,
        }),
      )
    const isQuarantined = async (account = accountId) => {
      const [link, ...others] = await app.database.read.federatedIdentifiers.listOfAccount(account)
      assert.ok(link && others.length === 0)
      return link.quarantinedAt !== null
    }
    /** All stored rows, after background work has finished. */
    const settled = async () => {
      await app.drainMail()
      return allRows(app)
    }

    test('D10: it changes the password, does not sign in, and returns where to continue', async () => {
      assert.equal(await reset(await newToken({ continueTo: '/interaction/x' })), '/interaction/x')
      assert.ok((await passwordIs(otherPassword)) && !(await passwordIs(goodPassword)))
      assert.deepEqual(await sessionsOf(), [])
      assert.equal(await reset(await newToken()), undefined)
    })

    test('D8: a password that was disabled after failures is enabled again, and the budget of its name is restored', async () => {
      const { clock, secrets } = app.foundation
      const takeTry = () =>
        app.database.inTransaction(({ throttle }) => take({ clock, secrets }, throttle, signInsByName, email))
      while (await takeTry());
      await app.database.inTransaction(async ({ passwords }) => {
        await passwords.fail(accountId)
        await passwords.disable(accountId, clock.now())
      })
      await reset(await newToken())
      const { failures, disabledAt } = (await app.database.read.passwords.find(accountId)) ?? {}
      assert.deepEqual([failures, disabledAt], [0, null])
      assert.ok(await takeTry())
    })

    test('PRE-2, SES-3: it ends sessions, known browsers and pending sign-ins, but not those of others', async () => {
      const other = await newAccount(newEmail())
      const known = [await signIn(), await signIn()]
      const knownElsewhere = await signIn(other)
      const wait = (account: AccountId) =>
        app.database.inTransaction(({ pendingSignIns }) =>
          pendingSignIns.insert({
            browserHash: account,
            accountId: account,
            proofs: [],
            continueTo: '/',
            expiresAt: app.clock.now() + day,
          }),
        )
      await Promise.all([wait(accountId), wait(other)])
      await reset(await newToken())
      const { pendingSignIns } = app.database.read
      assert.deepEqual(await sessionsOf(), [])
      assert.equal((await sessionsOf(other)).length, 1)
      assert.deepEqual(await Promise.all(known.map(isKnown)), [false, false])
      assert.ok(await isKnown(knownElsewhere))
      assert.equal(await pendingSignIns.find(accountId, app.clock.now()), undefined)
      assert.ok(await pendingSignIns.find(other, app.clock.now()))
    })

    test('a network that is pending in the browser can still be linked after the recovery', async () => {
      const pending = {
        id: newId(systemRandom),
        browserHash: `browser of ${accountId}`,
        accountId,
        providerId: 'google',
      }
      const now = app.clock.now()
      await app.database.inTransaction(({ pendingLinks }) =>
        pendingLinks.insert({ ...pending, subject: accountId, createdAt: now, expiresAt: now + day }),
      )
      await reset(await newToken())
      const waiting = await app.database.inTransaction(({ pendingLinks }) =>
        pendingLinks.consume(pending.browserHash, app.clock.now()),
      )
      assert.equal(waiting?.accountId, accountId)
    })

    test('PRE-4: it invalidates all earlier links of the account, of every purpose', async () => {
      const second = newEmail()
      await insertAddress(app, accountId, second, 'proved')
      const purposes: readonly LinkPurpose[] = ['reset-password', 'first-password', 'confirm-network']
      const older = await Promise.all(purposes.map((purpose) => newToken({ purpose, email: second })))
      const ofAnother = newEmail()
      const other = await newAccount(ofAnother)
      const foreign = await newToken({ accountId: other, email: ofAnother })
      await reset(await newToken())
      for (const token of older) {
        const link = await app.database.read.mailedLinks.findByToken(app.foundation.secrets.hash('link', token))
        assert.notEqual(link?.supersededAt, null)
      }
      for (const token of older.slice(0, 2)) await assert.rejects(reset(token), { code: 'recovery.link-not-valid' })
      await reset(foreign)
      assert.ok(await passwordIs(otherPassword, other))
    })

    test('RST-13: it is audited, and every proved address is notified once', async () => {
      const [second, claimed] = [newEmail(), newEmail()]
      await insertAddress(app, accountId, second, 'proved')
      await insertAddress(app, accountId, claimed, 'claimed')
      await signIn()
      await reset(await newToken())
      const changed = (await entriesOf()).filter(({ event }) => event !== 'sign-in.succeeded')
      assert.deepEqual(
        changed.map(({ event, clientNetwork: from, details }) => [event, from, details]),
        [
          ['password.changed', clientNetwork, {}],
          ['session.all-ended', null, { ended: 1 }],
        ],
      )
      const told = await Promise.all([email, second, claimed].map(changedMailsTo))
      assert.deepEqual(told, [1, 1, 0])
    })

    test('RST-3: of eight concurrent uses of a link, exactly one sets a password', async () => {
      const token = await newToken()
      const passwords = Array.from({ length: 8 }, (_, index) => `acht eichen im wettlauf ${index}`)
      const results = await Promise.allSettled(passwords.map((password) => reset(token, password)))
      for (const result of results) {
        if (result.status === 'rejected') assert.equal(result.reason.code, 'recovery.link-not-valid')
      }
      const won = passwords.filter((_, index) => results[index]?.status === 'fulfilled')
      assert.equal(won.length, 1)
      assert.ok(await passwordIs(won[0] ?? ''))
      const events = await eventsOf()
      assert.equal(events.filter((event) => event === 'password.changed').length, 1)
      assert.equal(await changedMailsTo(email), 1)
    })

    test('RST-3, RST-4: of eight links of an account used concurrently, exactly one works', async () => {
      const tokens: string[] = []
      while (tokens.length < 8) tokens.push(await newToken({ supersedes: ['sign-up'] }))
      const results = await Promise.allSettled(tokens.map((token) => reset(token)))
      assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1)
      assert.equal(await changedMailsTo(email), 1)
    })

    test('SES-3: eight concurrent sign-ins with the old password leave no session after a reset', async () => {
      const token = await newToken()
      const signingIn = () =>
        app.database.inTransaction(async (stores) => {
          await stores.accounts.lock(accountId)
          if (!(await stores.passwords.accept(accountId, oldHash))) return false
          await finish(stores, accountId)
          return true
        })
      /** Signs in repeatedly until the password has changed. */
      const signingInOnAndOn = async () => {
        while (await signingIn());
      }
      const others = Array.from({ length: 8 }, signingInOnAndOn)
      await Promise.all([reset(token), ...others])
      assert.deepEqual(await sessionsOf(), [])
    })

    test('RST-4, RST-11: a used, superseded or expired link is refused, and the refusal is audited', async () => {
      const superseded = await newToken()
      const used = await newToken()
      await reset(used)
      const expired = await newToken({ supersedes: ['sign-up'] })
      const refusedAs = async (token: string) => {
        const before = await settled()
        await assert.rejects(reset(token), { code: 'recovery.link-not-valid' })
        const { audit, ...others } = changes(before, await allRows(app))
        assert.deepEqual([others, audit?.removed], [{}, []])
        return audit?.added.map((row) => [row.event, row.account_id, row.client_network, row.details])
      }
      const recorded = (state: string) => [
        ['recovery.link-refused', accountId, clientNetwork, JSON.stringify({ state })],
      ]
      assert.deepEqual(await refusedAs(used), recorded('used'))
      assert.deepEqual(await refusedAs(superseded), recorded('superseded'))
      app.clock.advance(day)
      assert.deepEqual(await refusedAs(expired), recorded('expired'))
    })

    test('RST-4, RST-11: a link that becomes invalid while the password is hashed is refused', async () => {
      const happenings = [newToken, () => app.clock.advance(day)]
      for (const happens of happenings) {
        const token = await newToken()
        await assert.rejects(reset(token, otherPassword, hasherDuring(happens)), { code: 'recovery.link-not-valid' })
        assert.ok(await passwordIs(goodPassword))
      }
    })

    test('PRE-7, FED-4: anything but a recovery link is refused, and does not fill a table', async () => {
      const { secrets } = app.foundation
      const foreign = [
        '',
        accountId,
        secrets.issue('link').token,
        secrets.issue('session').token,
        await newToken({ purpose: 'confirm-network' }),
        await newToken({ purpose: 'sign-up', accountId: null }),
      ]
      const before = await settled()
      for (const token of foreign) await assert.rejects(reset(token), { code: 'recovery.link-not-valid' })
      assert.deepEqual(changes(before, await allRows(app)), {})
    })

    test('D6: a password that the policy refuses does not consume the link or change anything', async () => {
      await signIn()
      const token = await newToken()
      const before = await settled()
      const refused = [
        ['zu kurz', 'password.too-short'],
        ['x'.repeat(1025), 'password.too-long'],
        ['passwordpassword', 'password.common'],
        [`${email}1`, 'password.guessable'],
      ] as const
      for (const [password, code] of refused) {
        await assert.rejects(reset(token, password), { code, field: 'new_password' }, password)
      }
      assert.deepEqual(changes(before, await allRows(app)), {})
      await reset(token)
      assert.ok(await passwordIs(otherPassword))
    })

    test('a disabled or missing account is refused and not changed, even with a valid link', async () => {
      await signIn()
      const token = await newToken()
      const missing = await newToken({ accountId: newId<AccountId>(systemRandom), email: newEmail() })
      await app.database.inTransaction(({ accounts }) => accounts.disable(accountId, app.clock.now()))
      const before = await settled()
      await assert.rejects(reset(token), { code: 'account.disabled' })
      await assert.rejects(reset(missing), { code: 'account.missing' })
      assert.deepEqual(changes(before, await allRows(app)), {})
    })

    test('D3: the first proof of an account quarantines its networks, and deletes the claims of others', async () => {
      email = newEmail()
      accountId = await newAccount(email, { password: false, address: 'claimed' })
      const claimer = await newAccount(email, { password: false, address: 'claimed' })
      await linkNetwork()
      await linkNetwork(claimer)
      await reset(await newToken({ purpose: 'first-password' }))
      assert.equal(await provedOwner(email), accountId)
      assert.ok(await isQuarantined())
      assert.ok(!(await isQuarantined(claimer)))
      assert.deepEqual(await app.database.read.identifiers.listOfAccount(claimer), [])
      assert.equal(await changedMailsTo(email), 1)
    })

    test('RST-9: if the address was proved before, networks are not changed', async () => {
      await linkNetwork()
      await reset(await newToken())
      assert.ok(!(await isQuarantined()))
      await reset(await newToken({ purpose: 'first-password' }))
      assert.ok(!(await isQuarantined()))
    })

    test('RST-14: an address claimed by an account with a password or a proved address is refused', async () => {
      const claimed = newEmail()
      await insertAddress(app, accountId, claimed, 'claimed')
      const besideProved = await newToken({ email: claimed })
      const [alone, gone] = [newEmail(), newEmail()]
      const withPassword = await newAccount(alone, { address: 'claimed' })
      const besidePassword = await newToken({ accountId: withPassword, email: alone })
      const notThere = await newToken({ email: gone })
      const before = await settled()
      for (const token of [besideProved, besidePassword, notThere]) {
        await assert.rejects(reset(token), { code: 'recovery.link-not-valid' })
      }
      assert.deepEqual(changes(before, await allRows(app)), {})
    })

    test('ECH-3: of eight concurrent proofs of an address, by sign-up or recovery, exactly one succeeds', async () => {
      const address = newEmail()
      const claimers: AccountId[] = []
      while (claimers.length < 4) claimers.push(await newAccount(address, { password: false, address: 'claimed' }))
      const link = { email: address, supersedes: ['confirm-network'] } as const
      const attempts: (() => Promise<unknown>)[] = []
      for (const claimer of claimers) {
        const recovery = await newToken({ ...link, purpose: 'first-password', accountId: claimer })
        const signUp = await newToken({ ...link, purpose: 'sign-up', accountId: null })
        const input = { name: 'Anna', password: goodPassword, locale: 'de', browser } as const
        attempts.push(
          () => reset(recovery),
          () => completeSignUp(deps(), { ...input, token: signUp }),
        )
      }
      const results = await Promise.allSettled(attempts.map((attempt) => attempt()))
      for (const result of results) {
        if (result.status === 'rejected') assert.match(result.reason.code ?? String(result.reason), /link-not-valid$/)
      }
      assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1)
      const owner = await provedOwner(address)
      assert.ok(owner)
      for (const claimer of claimers) {
        assert.equal((await app.database.read.passwords.find(claimer)) !== undefined, claimer === owner)
      }
    })
  })
})
