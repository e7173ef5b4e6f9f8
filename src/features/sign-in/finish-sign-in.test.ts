import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { AuthenticatorKind, Proof } from '#features/session/index.ts'
import { minute } from '#kernel/duration.ts'
import { type AccountId, newId } from '#kernel/id.ts'
import { systemRandom } from '#kernel/random.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { onEachEngine } from '#test/support/engines.ts'
import { type Authenticator, authenticators } from './authenticators.ts'
import { finishSignIn } from './finish-sign-in.ts'
import { wayOf } from './testing/ways.ts'

/** An authenticator that is not enough alone, as recovery codes or a TOTP app will be. */
const addition: Authenticator = {
  kind: 'totp' as AuthenticatorKind,
  order: 9,
  path: '/sign-in/totp',
  opensAlone: false,
  ofAccount: async () => [{ state: 'works', dependsOn: [] }],
  words: wayOf('mailed-link').words,
}
const table = [...authenticators, addition]

onEachEngine((engine) => {
  describe('finishing a sign-in', () => {
    let app: TestApp
    let accountId: AccountId
    let browsers = 0

    before(async () => {
      app = await startApp({ engine, authenticators: table })
    })
    after(() => app.close())
    beforeEach(async () => {
      accountId = newId<AccountId>(systemRandom)
      const account = { id: accountId, name: 'Anna', locale: 'de', createdAt: 0, disabledAt: null } as const
      await app.database.inTransaction(({ accounts }) => accounts.insert(account))
    })

    const newBrowser = () => ({
      device: 'Firefox',
      clientNetwork: '203.0.113.0/24',
      browserHash: `browser-${++browsers}`,
    })
    const proofBy = (authenticator: AuthenticatorKind, account = accountId): Proof => ({
      authenticator,
      accountId: account,
      amr: [authenticator === 'password' ? 'pwd' : 'otp'],
      provenAt: app.clock.now(),
      userVerified: true,
    })
    const finish = (proof: Proof, browser = newBrowser()) => {
      const deps = { ...app.foundation, publicUrl: app.url, wake: () => {}, authenticators: table }
      return app.database.inTransaction((stores) =>
        finishSignIn(deps, stores, proof, { browser, continueTo: '/portals' }),
      )
    }
    const sessions = () => app.database.read.sessions.listOfAccount(accountId, app.clock.now())

    test('a proof that is enough alone starts a session', async () => {
      const finished = await finish(proofBy('password'))
      assert.equal(finished.next, 'signed-in')
      assert.equal((await sessions()).length, 1)
    })

    test('a proof that is not enough alone stays pending in its browser, and a second one starts the session', async () => {
      const browser = newBrowser()
      const first = await finish(proofBy(addition.kind), browser)
      assert.equal(first.next, 'second-authenticator-needed')
      assert.deepEqual(await sessions(), [])
      const second = await finish(proofBy('password'), browser)
      assert.equal(second.next, 'signed-in')
      const [session] = await sessions()
      assert.deepEqual(
        session?.proofs.map(({ authenticator }) => authenticator),
        [addition.kind, 'password'],
      )
      assert.equal(await app.database.read.pendingSignIns.find(browser.browserHash, app.clock.now()), undefined)
    })

    test('the same authenticator twice is not enough', async () => {
      const browser = newBrowser()
      for (let tries = 0; tries < 3; tries++) {
        assert.equal((await finish(proofBy(addition.kind), browser)).next, 'second-authenticator-needed')
      }
      assert.deepEqual(await sessions(), [])
    })

    test('a pending proof is bound to its browser and account, and expires after ten minutes', async () => {
      const browser = newBrowser()
      const proofsOf = async () =>
        (await sessions()).flatMap(({ proofs }) => proofs.map((proof) => proof.authenticator))
      await finish(proofBy(addition.kind), browser)
      await finish(proofBy('password'))
      assert.deepEqual(await proofsOf(), ['password'])

      const other = newId<AccountId>(systemRandom)
      const account = { id: other, name: 'Ben', locale: 'de', createdAt: 0, disabledAt: null } as const
      await app.database.inTransaction(({ accounts }) => accounts.insert(account))
      await finish(proofBy('password', other), browser)
      const [theirs] = await app.database.read.sessions.listOfAccount(other, app.clock.now())
      assert.deepEqual(
        theirs?.proofs.map(({ authenticator }) => authenticator),
        ['password'],
      )

      await finish(proofBy(addition.kind), browser)
      app.clock.advance(10 * minute)
      await finish(proofBy('password'), browser)
      assert.deepEqual(await proofsOf(), ['password', 'password'])
    })

    test('of two concurrent finishes, only one consumes the pending proof', async () => {
      const browser = newBrowser()
      await finish(proofBy(addition.kind), browser)
      await Promise.all(Array.from({ length: 8 }, () => finish(proofBy('password'), browser)))
      const complete = (await sessions()).filter(({ proofs }) => proofs.length === 2)
      assert.equal(complete.length, 1)
    })

    test('a disabled account cannot finish a sign-in and leaves nothing pending', async () => {
      await app.database.inTransaction(({ accounts }) => accounts.disable(accountId, app.clock.now()))
      const browser = newBrowser()
      for (const kind of ['password', addition.kind] as const) {
        await assert.rejects(finish(proofBy(kind), browser), { code: 'account.disabled' })
      }
      assert.equal(await app.database.read.pendingSignIns.find(browser.browserHash, app.clock.now()), undefined)
    })

    test('without a browser cookie, no proof can stay pending', async () => {
      const { browserHash: _, ...browser } = newBrowser()
      await assert.rejects(finish(proofBy(addition.kind), browser as ReturnType<typeof newBrowser>))
    })
  })
})
