import assert from 'node:assert/strict'
import type { AccountId } from '#kernel/id.ts'
import { newPerson, type Person } from '../support/networks.ts'
import { assertRefused, post } from '../support/pages.ts'
import {
  askForLink,
  goodPassword,
  newestLink,
  newGmail,
  setPassword,
  signIn,
  signUp,
  whoIs,
} from '../support/people.ts'
import { inWorlds } from '../support/world.ts'

inWorlds((attack) => {
  attack(
    'PRE-1: a trusted address gets an account of its own, and deletes the claims of others',
    async ({ app, arrive, addressesOf }) => {
      const email = newGmail()
      const attacker = app.browser()
      const stolenLink = await askForLink(app, attacker, '/sign-up', email)
      const claimer = await arrive('sim-google', newPerson({ email }))
      const victim = await arrive('sim-google', newPerson({ email, emailVerified: true }))
      assert.notEqual(victim.subject, claimer.subject)
      assert.deepEqual((await whoIs(app, victim.browser))?.identifiers, [{ kind: 'email', value: email }])
      assert.deepEqual(await addressesOf(claimer.subject), [])
      await setPassword(attacker, stolenLink)
      assert.equal(await whoIs(app, attacker), undefined)
      const withPassword = await signIn(app, attacker, email)
      assert.equal(withPassword.status, 401)
    },
  )

  attack(
    'PRE-3: a network linked before the address was proved cannot sign in until the owner confirms it',
    async ({ app, arrive }) => {
      const email = newGmail()
      const attacker = newPerson({ email })
      const before = await arrive('sim-google', attacker)
      const owner = app.browser()
      await setPassword(owner, await askForLink(app, owner, '/recover', email))
      assert.equal(await whoIs(app, before.browser), undefined)

      const late = await arrive('sim-google', attacker)
      assertRefused(late.page, 403)
      assert.equal(late.subject, undefined)
      const link = await newestLink(app, email)
      const ask = await owner.open(link)
      assert.equal(ask.url.pathname, '/sign-in/confirm')
      assert.equal((await arrive('sim-google', attacker)).subject, undefined, 'opening the link changed something')
      const newest = await owner.open(await newestLink(app, email))
      const done = await owner.submit(
        newest,
        newest.forms.find((form) => form.action === '/sign-in/confirm'),
      )
      assert.equal(done.status, 200)
      assert.equal((await arrive('sim-google', attacker)).subject, before.subject)
      const replayed = await owner.submit(
        newest,
        newest.forms.find((form) => form.action === '/sign-in/confirm'),
      )
      assert.equal(replayed.status, 410)
      assert.equal((await owner.open(link)).status, 410)
    },
  )

  attack(
    'PRE-5: an address that the network has not verified gives no access to an account',
    async ({ app, arrive, subjectOf, linkedTo, addressesOf }) => {
      const email = newGmail()
      const victim = app.browser()
      await signUp(app, victim, email)
      const owner = await subjectOf(victim)
      const company = email.replace('gmail.com', 'firma.example')
      const told: readonly Person[] = [
        newPerson({ email }),
        newPerson({ email: email.toUpperCase() }),
        newPerson({ email: company, emailVerified: true }),
      ]
      for (const person of told) {
        const { browser, subject } = await arrive('sim-google', person)
        assert.ok(subject)
        assert.notEqual(subject, owner)
        assert.deepEqual((await whoIs(app, browser))?.identifiers, [])
      }
      const x = await arrive('sim-x', newPerson({ email }))
      assert.deepEqual(await addressesOf(x.subject), [])
      assert.deepEqual(await linkedTo(owner), [])
      assert.equal((await signIn(app, app.browser(), email)).url.pathname, '/profile')
    },
  )

  attack('PRE-6: an identity only comes from a completed attempt of this browser', async ({ app }) => {
    const browser = app.browser()
    await browser.open(`${app.url}/sign-in`)
    const page = await browser.open(`${app.url}/sign-up`)
    const forged = {
      idp: 'sim-google',
      externalId: 's-1',
      subject: 's-1',
      email: 'victim@gmail.com',
      emailVerified: 'true',
    }
    for (const path of ['/sign-up/complete', '/sign-in/with/sim-google/callback', '/sign-in']) {
      const answer = await post(browser, page, path, forged)
      assert.ok(answer.status >= 400, `${path} answered ${answer.status}`)
    }
    const made = new URLSearchParams({ ...forged, code: 'made-up', state: 'made-up' })
    assertRefused(await browser.open(`${app.url}/sign-in/with/sim-google/callback?${made}`), 403)
    assert.equal(await whoIs(app, browser), undefined)
  })

  attack(
    'PRE-7: only the mail to its address can give a social-only profile its first credential',
    async ({ app, arrive, linkedTo }) => {
      const email = newGmail()
      const person = newPerson({ email, emailVerified: true })
      const victim = await arrive('sim-google', person)
      const attacker = app.browser()
      const page = await attacker.open(`${app.url}/sign-in`)
      const link = await post(attacker, page, '/profile/networks/sim-x/link', { account: victim.subject ?? '' })
      assert.equal(link.url.pathname, '/sign-in')
      // A link of another purpose and account.
      const token = new URL(await askForLink(app, attacker, '/sign-up', newGmail())).searchParams.get('token') ?? ''
      assert.equal((await post(attacker, page, '/sign-in/confirm', { token })).status, 410)
      assert.equal((await post(attacker, page, '/recover/password', { token, new_password: goodPassword })).status, 410)
      assert.equal(
        (await post(attacker, page, '/profile/confirm', { password: goodPassword })).url.pathname,
        '/sign-in',
      )
      assert.deepEqual(await linkedTo(victim.subject), ['sim-google'])
      assert.equal(await app.database.read.passwords.find(victim.subject as AccountId), undefined)
    },
  )
})
