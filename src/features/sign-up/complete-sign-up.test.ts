import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { Browser, Session } from '#features/session/index.ts'
import { authenticators } from '#features/sign-in/index.ts'
import { day } from '#kernel/duration.ts'
import { type AccountId, newId } from '#kernel/id.ts'
import { systemRandom } from '#kernel/random.ts'
import { insertAccount, insertAddress } from '#test/support/accounts.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { onEachEngine } from '#test/support/engines.ts'
import { issueToken } from '#test/support/mailed-links.ts'
import { goodPassword, newEmail, subjectsTo } from '#test/support/people.ts'
import { allRows, changes } from '#test/support/rows.ts'
import { type CompleteSignUpInput, completeSignUp } from './complete-sign-up.ts'

onEachEngine((engine) => {
  describe('completing a sign-up', () => {
    let app: TestApp
    let email: string

    before(async () => {
      app = await startApp({ engine })
    })
    after(() => app.close())
    beforeEach(() => {
      email = newEmail()
    })

    const browser: Browser = { device: 'Firefox', clientNetwork: '203.0.113.0/24' }
    const newToken = (more: { continueTo?: string; supersedes?: ['reset-password'] } = {}) =>
      issueToken(app, { purpose: 'sign-up', accountId: null, email, ...more })
    const complete = (
      token: string,
      input: Partial<CompleteSignUpInput> = {},
      table = authenticators,
      hasher = app.hasher,
    ) => {
      const { read, inTransaction } = app.database
      const deps = { ...app.foundation, read, inTransaction, hasher, publicUrl: app.url, wake: () => {} }
      return completeSignUp(
        { ...deps, authenticators: table },
        { token, name: 'Anna', password: goodPassword, locale: 'en', browser, ...input },
      )
    }
    const owner = async () =>
      (await app.database.read.identifiers.findProved({ kind: 'email', canonical: email }))?.accountId
    const eventsOf = async (accountId: AccountId) =>
      (await app.database.read.audit.listOfAccount(accountId, 100)).map(({ event }) => event).toSorted()
    const sessionsOf = (accountId: AccountId): Promise<readonly Session[]> =>
      app.database.read.sessions.listOfAccount(accountId, app.clock.now())
    /** An account that claims the address without proof. */
    const claim = async () => {
      const accountId = await insertAccount(app)
      await insertAddress(app, accountId, email, 'claimed')
      return accountId
    }
    /** The successful attempts. All others must have been refused because of their link. */
    const winners = async (attempts: readonly Promise<unknown>[]) => {
      const results = await Promise.allSettled(attempts)
      for (const result of results) {
        if (result.status === 'rejected') assert.equal(result.reason.code, 'sign-up.link-not-valid', result.reason)
      }
      return results.flatMap(({ status }, index) => (status === 'fulfilled' ? [index] : []))
    }
    const accountRows = async () => (await allRows(app)).account?.length ?? 0

    test('D4: it creates the account with its proved address and password, and signs in', async () => {
      const token = await newToken({ continueTo: '/interaction/x' })
      assert.equal(await owner(), undefined)
      const completed = await complete(token)
      assert.equal(completed.continueTo, '/interaction/x')
      assert.equal(completed.next, 'signed-in')
      const accountId = completed.next === 'signed-in' && completed.started.session.accountId
      assert.ok(accountId)
      const { read } = app.database
      const account = await read.accounts.find(accountId)
      assert.deepEqual([account?.name, account?.locale, account?.disabledAt], ['Anna', 'en', null])
      const [identifier, ...others] = await read.identifiers.listOfAccount(accountId)
      assert.deepEqual(others, [])
      assert.ok(identifier?.primary && identifier.provedAt !== null && identifier.canonical === email)
      const password = await read.passwords.find(accountId)
      assert.deepEqual(await app.hasher.verify(password?.hash, goodPassword), { right: true, outdated: false })
      const [session] = await sessionsOf(accountId)
      assert.deepEqual(
        session?.proofs.map(({ authenticator, amr }) => [authenticator, amr]),
        [['password', ['pwd']]],
      )
      assert.deepEqual(await eventsOf(accountId), ['account.created', 'sign-in.succeeded'])
      assert.deepEqual(await subjectsTo(app, email), ['link'], 'there is no mail after the link')
    })

    test('if a password alone is not enough, the account is created and the sign-in stays pending in this browser', async () => {
      const table = authenticators.map((row) => ({ ...row, opensAlone: row.kind !== 'password' && row.opensAlone }))
      for (const continueTo of ['/interaction/x', undefined]) {
        email = newEmail()
        const browserHash = newId(systemRandom)
        const token = await newToken({ ...(continueTo !== undefined && { continueTo }) })
        const completed = await complete(token, { browser: { ...browser, browserHash } }, table)
        assert.equal(completed.next, 'second-authenticator-needed')
        const accountId = await owner()
        assert.ok(accountId)
        assert.deepEqual(await sessionsOf(accountId), [])
        const pending = await app.database.read.pendingSignIns.find(browserHash, app.clock.now())
        assert.deepEqual([pending?.accountId, pending?.continueTo], [accountId, continueTo ?? '/portals'])
        assert.deepEqual(await eventsOf(accountId), ['account.created'])
      }
    })

    test('RST-3: of eight concurrent uses of a link, exactly one creates an account, and the others leave nothing', async () => {
      const token = await newToken()
      const accounts = await accountRows()
      const passwords = Array.from({ length: 8 }, (_, index) => `acht boote im wettlauf ${index}`)
      const [winner = -1, ...others] = await winners(passwords.map((password) => complete(token, { password })))
      assert.deepEqual(others, [])
      assert.equal(await accountRows(), accounts + 1)
      const accountId = await owner()
      assert.ok(accountId)
      const hash = (await app.database.read.passwords.find(accountId))?.hash
      assert.ok((await app.hasher.verify(hash, passwords[winner] ?? '')).right)
      assert.equal((await sessionsOf(accountId)).length, 1)
      assert.deepEqual(await eventsOf(accountId), ['account.created', 'sign-in.succeeded'])
    })

    test('ECH-3: of eight links that prove an address concurrently, exactly one succeeds', async () => {
      const tokens: string[] = []
      // Eight mails written at the same time do not supersede each other.
      while (tokens.length < 8) tokens.push(await newToken({ supersedes: ['reset-password'] }))
      const accounts = await accountRows()
      assert.equal((await winners(tokens.map((token) => complete(token)))).length, 1)
      assert.equal(await accountRows(), accounts + 1)
      // A remaining link would prove an address that has an owner by now.
      assert.deepEqual(await winners(tokens.map((token) => complete(token))), [])
      assert.equal(await accountRows(), accounts + 1)
    })

    test('PRE-1: claims of others to the address are deleted, and give no access to the account', async () => {
      const claimer = await claim()
      await complete(await newToken())
      const { identifiers } = app.database.read
      assert.deepEqual(await identifiers.listOfAccount(claimer), [])
      assert.deepEqual(await identifiers.listClaims({ kind: 'email', canonical: email }), [])
      assert.notEqual(await owner(), claimer)
    })

    test('RST-4, RST-11: a used, superseded or expired link is refused, and the refusal is audited', async () => {
      const used = await newToken()
      await complete(used)
      email = newEmail()
      const superseded = await newToken()
      await newToken()
      email = newEmail()
      const expired = await newToken()
      const refusedAs = async (token: string) => {
        await app.drainMail()
        const before = await allRows(app)
        await assert.rejects(complete(token), { code: 'sign-up.link-not-valid' })
        const { audit, ...others } = changes(before, await allRows(app))
        assert.deepEqual([others, audit?.removed], [{}, []])
        return audit?.added.map(({ event, details, client_network }) => [event, details, client_network])
      }
      const recorded = (state: string) => [['sign-up.link-refused', JSON.stringify({ state }), browser.clientNetwork]]
      assert.deepEqual(await refusedAs(used), recorded('used'))
      assert.deepEqual(await refusedAs(superseded), recorded('superseded'))
      app.clock.advance(day)
      assert.deepEqual(await refusedAs(expired), recorded('expired'))
    })

    test('RST-4, RST-11: a link that becomes invalid while the password is hashed creates no account', async () => {
      const happenings = [newToken, () => app.clock.advance(day)]
      for (const happens of happenings) {
        const hash = async (password: string) => {
          await happens()
          return app.hasher.hash(password)
        }
        const token = await newToken()
        const completing = complete(token, {}, authenticators, { ...app.hasher, hash })
        await assert.rejects(completing, { code: 'sign-up.link-not-valid' })
        assert.equal(await owner(), undefined)
      }
    })

    test('FED-4, DOS-9: anything but a sign-up link is refused, and does not fill a table', async () => {
      const accountId = await claim()
      const { secrets } = app.foundation
      const foreign = ['', 'x', secrets.issue('link').token, secrets.issue('session').token]
      for (const purpose of ['reset-password', 'first-password', 'confirm-network'] as const) {
        foreign.push(await issueToken(app, { purpose, accountId, email }))
      }
      await app.drainMail()
      const before = await allRows(app)
      for (const token of foreign) await assert.rejects(complete(token), { code: 'sign-up.link-not-valid' })
      assert.deepEqual(changes(before, await allRows(app)), {})
    })

    test('MAIL-1: a name that is missing, too long or has bidirectional controls is refused at its field', async () => {
      const token = await newToken()
      await app.drainMail()
      const before = await allRows(app)
      const field = 'name'
      await assert.rejects(complete(token, { name: '' }), { code: 'sign-up.name-missing', field })
      const malformed = ['x'.repeat(101), '🦊'.repeat(101), ...['\n', '\u0000', '\u2028', '\u202e', '\u2066', '\u200f']]
      for (const part of malformed) {
        const refusal = { code: 'sign-up.name-malformed', field }
        await assert.rejects(complete(token, { name: `An${part}na` }), refusal, JSON.stringify(part))
      }
      assert.deepEqual(changes(before, await allRows(app)), {})
      // A character of two code units counts once.
      assert.equal((await complete(token, { name: '🦊'.repeat(100) })).next, 'signed-in')
    })

    test('D6: a password that the policy refuses does not consume the link', async () => {
      const token = await newToken()
      await app.drainMail()
      const before = await allRows(app)
      const name = 'Annabella Krawuttke'
      const refused = [
        ['zu kurz', 'password.too-short'],
        ['x'.repeat(1025), 'password.too-long'],
        ['passwordpassword', 'password.common'],
        ['krawuttke-annabella', 'password.guessable'],
        [`${email}1`, 'password.guessable'],
      ] as const
      for (const [password, code] of refused) {
        await assert.rejects(complete(token, { name, password }), { code, field: 'new_password' }, password)
      }
      assert.deepEqual(changes(before, await allRows(app)), {})
      assert.equal((await complete(token, { name })).next, 'signed-in')
    })

    test('OP-9: another person’s session in this browser ends', async () => {
      const first = await complete(await newToken())
      assert.equal(first.next, 'signed-in')
      const session = first.next === 'signed-in' ? first.started.session : undefined
      assert.ok(session)
      email = newEmail()
      await complete(await newToken(), { browser: { ...browser, session } })
      assert.deepEqual(await sessionsOf(session.accountId), [])
      const accountId = await owner()
      assert.ok(accountId)
      assert.equal((await sessionsOf(accountId)).length, 1)
    })
  })
})
