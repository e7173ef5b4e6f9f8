import assert from 'node:assert/strict'
import type { NetworkId } from '#development/networks/index.ts'
import type { Provider } from '#features/provider/index.ts'
import { hour, minute } from '#kernel/duration.ts'
import type { TestApp } from '../support/app.ts'
import type { ShownPage } from '../support/browser.ts'
import { answerFor, newPerson } from '../support/networks.ts'
import { assertRefused, post, problemOn } from '../support/pages.ts'
import { goodPassword, newGmail, signIn, signInOn, signUp, subjectsTo, whoIs } from '../support/people.ts'
import { inWorlds } from '../support/world.ts'

/** Sets an operator's temporary override. @returns a function that ends it at once */
async function switchOffForAWhile({ clock, database, health }: TestApp): Promise<() => Promise<unknown>> {
  const now = clock.now()
  const off = { providerId: 'sim-google', state: 'off', until: now + hour, setBy: 'operator', setAt: now } as const
  await database.inTransaction(({ overrides }) => overrides.set(off))
  await health.settle()
  return async () => {
    await database.inTransaction(({ overrides }) => overrides.delete('sim-google'))
    await health.settle()
  }
}

inWorlds((attack) => {
  attack(
    'a trusted address of another account is not linked before this browser signs in to that account',
    async ({ app, networks, arrive, subjectOf, linkedTo }) => {
      const email = newGmail()
      const person = newPerson({ email, emailVerified: true })
      const owner = app.browser()
      await signUp(app, owner, email)
      const subject = await subjectOf(owner)

      const browser = app.browser()
      const page = await networks.signIn(browser, 'sim-google', person)
      assert.match(page.body, /Sie haben schon ein Profil/)
      assert.equal(await whoIs(app, browser), undefined)
      assert.deepEqual(await linkedTo(subject), [])
      await signIn(app, app.browser(), email)
      assert.deepEqual(await linkedTo(subject), [], 'another browser linked it')

      assert.equal((await signInOn(browser, page, email)).url.pathname, '/profile')
      assert.deepEqual(await linkedTo(subject), ['sim-google'])
      assert.ok((await subjectsTo(app, email)).includes('Sim Google ist mit Ihrem Profil verbunden'))
      assert.equal((await arrive('sim-google', person)).subject, subject)
    },
  )

  attack(
    'signing in through another network of the same account is enough to link a new one',
    async ({ app, networks, arrive, linkedTo }) => {
      const email = newGmail()
      const known = newPerson({ email, emailVerified: true })
      const { subject } = await arrive('sim-google', known)
      const browser = app.browser()
      const fresh = newPerson({ email, emailVerified: true })
      const page = await networks.signIn(browser, 'sim-x', fresh)
      assert.match(page.body, /Sie haben schon ein Profil/)
      const away = await browser.submit(
        page,
        page.forms.find((form) => form.action === '/sign-in/with/sim-google'),
      )
      await networks.choose(browser, away, known)
      assert.deepEqual((await linkedTo(subject)).toSorted(), ['sim-google', 'sim-x'])
      assert.equal((await arrive('sim-x', fresh)).subject, subject)
    },
  )

  attack(
    'LNK-1: the network is asked to re-authenticate the person, and an old auth_time is refused',
    async (world) => {
      const { app, networks, arrive, change } = world
      const known = newPerson()
      const { browser } = await arrive('sim-google', known)
      app.clock.advance(11 * minute)
      const stale = await change(browser, '/profile/networks/sim-x/link')
      assert.equal(stale.url.pathname, '/profile/confirm')
      const away = await browser.submit(
        stale,
        stale.forms.find(({ action }) => action === '/sign-in/with/sim-google'),
      )
      assert.equal(away.url.searchParams.get('max_age'), '0')
      await networks.set('sim-google', { fault: 'authenticated-long-ago' })
      const refused = await networks.choose(browser, away, known)
      assert.equal(problemOn(refused), 'step-up.not-fresh')
      assert.equal((await change(browser, '/profile/networks/sim-x/link')).url.pathname, '/profile/confirm')
      assert.ok((await arrive('sim-google', known)).subject, 'it signs in all the same')
    },
  )

  attack(
    'a second identity at the same network is shown in the profile',
    async ({ app, networks, change, linkedTo }) => {
      const browser = app.browser()
      const first = await networks.signIn(browser, 'sim-google', newPerson({ email: newGmail(), emailVerified: true }))
      assert.equal(first.status, 200)
      await networks.choose(browser, await change(browser, '/profile/networks/sim-google/link'), newPerson())
      const subject = (await whoIs(app, browser))?.subject
      assert.deepEqual(await linkedTo(subject), ['sim-google', 'sim-google'])
      assert.match((await browser.open(`${app.url}/profile`)).body, /2 Konten dort öffnen dieses Profil/)
    },
  )

  attack(
    'LNK-1: linking requires a fresh proof at the start and at the end',
    async ({ app, networks, subjectOf, linkedTo, change }) => {
      const browser = app.browser()
      const email = newGmail()
      await signUp(app, browser, email)
      const subject = await subjectOf(browser)
      app.clock.advance(11 * minute)
      const stale = await change(browser, '/profile/networks/sim-x/link')
      assert.equal(stale.url.pathname, '/profile/confirm')
      const password = stale.forms.find(({ fields }) => 'password' in fields)
      assert.equal((await browser.submit(stale, password, { password: 'a wrong one' })).status, 401)
      const back = await browser.submit(stale, password, { password: goodPassword })
      assert.equal(back.url.pathname, '/profile')

      app.clock.advance(5 * minute)
      const tooLate = await change(browser, '/profile/networks/sim-x/link')
      app.clock.advance(6 * minute)
      const end = await networks.choose(browser, tooLate, newPerson())
      assert.equal(end.url.pathname, '/profile/confirm')
      assert.deepEqual(await linkedTo(subject), [])

      await browser.submit(
        end,
        end.forms.find(({ fields }) => 'password' in fields),
        { password: goodPassword },
      )
      const away = await change(browser, '/profile/networks/sim-x/link')
      const linked = await networks.choose(browser, away, newPerson())
      assert.match(linked.body, /Das Netzwerk ist mit Ihrem Profil verbunden/)
      assert.deepEqual(await linkedTo(subject), ['sim-x'])
      assert.ok((await subjectsTo(app, email)).includes('Sim X ist mit Ihrem Profil verbunden'))
    },
  )

  attack(
    'LNK-1: an account with only a network steps up with it, and with no other identity',
    async ({ app, networks, arrive, subjectOf, change }) => {
      const person = newPerson()
      const { browser, subject } = await arrive('sim-google', person)
      app.clock.advance(11 * minute)
      const stepUp = await change(browser, '/profile/networks/sim-x/link')
      assert.equal(stepUp.url.pathname, '/profile/confirm')
      const begin = async () => {
        const form = stepUp.forms.find(({ action }) => action === '/sign-in/with/sim-google')
        assert.equal(form?.fields.purpose, 'step-up')
        return browser.submit(stepUp, form)
      }
      const foreign = await networks.choose(browser, await begin(), newPerson())
      assert.equal(foreign.status, 400)
      assert.equal(await subjectOf(browser), subject)
      const own = await networks.choose(browser, await begin(), person)
      assert.equal(own.url.pathname, '/profile')
      const away = await change(browser, '/profile/networks/sim-x/link')
      assert.ok(
        away.forms.some(({ fields }) => fields.choice === 'other'),
        'the proof was not accepted',
      )
    },
  )

  attack(
    'LNK-2: linking that was started in one session is not completed in another',
    async ({ app, networks, arrive, linkedTo, change }) => {
      const attacker = await arrive('sim-google', newPerson())
      const victim = await arrive('sim-google', newPerson())
      const away = await change(attacker.browser, '/profile/networks/sim-x/link')
      const answer = await answerFor(away, newPerson())
      assertRefused(await victim.browser.open(answer), 403)
      const other = newPerson()
      const second = await change(victim.browser, '/profile/networks/sim-x/link')
      const held = await answerFor(second, other)
      // The same browser with a new session.
      const next = await networks.signIn(victim.browser, 'sim-google', newPerson())
      assert.equal(next.url.pathname, '/profile')
      assert.equal((await victim.browser.open(held)).status, 400)
      const signedOut = await arrive('sim-google', newPerson())
      const third = await answerFor(await change(signedOut.browser, '/profile/networks/sim-x/link'), other)
      const leave = await signedOut.browser.open(`${app.url}/sign-out`)
      await signedOut.browser.submit(
        leave,
        leave.forms.find(({ action }) => action === '/sign-out'),
      )
      assert.equal((await signedOut.browser.open(third)).status, 403)
      for (const { subject } of [attacker, victim, signedOut]) {
        assert.deepEqual(await linkedTo(subject), ['sim-google'])
      }
      assert.equal(await app.database.read.federatedIdentifiers.find('sim-x', other.subject), undefined)
    },
  )

  attack(
    'LNK-3: an identity pending for one account is not linked to another',
    async ({ app, networks, subjectOf, linkedTo }) => {
      const email = newGmail()
      await signUp(app, app.browser(), email)
      const person = newPerson({ email, emailVerified: true })
      const browser = app.browser()
      await networks.signIn(browser, 'sim-google', person)
      const other = newGmail()
      await signUp(app, app.browser(), other)
      await signIn(app, browser, other)
      assert.deepEqual(await linkedTo(await subjectOf(browser)), [])
      await signIn(app, browser, email)
      assert.deepEqual(await linkedTo(await subjectOf(browser)), [], 'it waited on')
      const slow = app.browser()
      await networks.signIn(slow, 'sim-google', person)
      app.clock.advance(31 * minute)
      await signIn(app, slow, email)
      assert.deepEqual(await linkedTo(await subjectOf(slow)), [], 'it waited too long')
    },
  )

  attack('LNK-4: addresses reported by the browser are ignored', async ({ app, networks, subjectOf }) => {
    const email = newGmail()
    const victim = app.browser()
    await signUp(app, victim, email)
    const browser = app.browser()
    const page = await networks.start(browser, 'sim-google')
    const answer = await answerFor(page, newPerson())
    await browser.open(`${answer}&email=${encodeURIComponent(email)}&email_verified=true`)
    assert.notEqual(await subjectOf(browser), await subjectOf(victim))
    assert.deepEqual((await whoIs(app, browser))?.identifiers, [])
  })

  attack(
    'LNK-5: the last way in cannot be removed, even if the last two are removed concurrently',
    async ({ app, networks, arrive, linkedTo, change }) => {
      const { browser, subject = '' } = await arrive('sim-google', newPerson())
      const page = await browser.open(`${app.url}/profile`)
      const csrf = page.forms[0]?.fields.csrf ?? ''
      const unlink = (id: NetworkId) =>
        browser.submit(page, { method: 'POST', action: `/profile/networks/${id}/unlink`, fields: { csrf }, text: '' })
      const last = await unlink('sim-google')
      assert.equal(last.status, 409)
      assert.equal(problemOn(last), 'network-link.last-way')
      const away = await change(browser, '/profile/networks/sim-x/link')
      await networks.choose(browser, away, newPerson())
      assert.equal((await linkedTo(subject)).length, 2)
      await Promise.all([unlink('sim-google'), unlink('sim-x'), unlink('sim-google'), unlink('sim-x')])
      assert.equal((await linkedTo(subject)).length, 1)
    },
  )

  attack('LNK-5: unlinking a network sends a mail', async ({ app, networks, change }) => {
    const email = newGmail()
    const browser = app.browser()
    await signUp(app, browser, email)
    await networks.choose(browser, await change(browser, '/profile/networks/sim-x/link'), newPerson())
    const gone = await change(browser, '/profile/networks/sim-x/unlink')
    assert.match(gone.body, /Das Netzwerk ist getrennt/)
    assert.ok((await subjectsTo(app, email)).includes('Sim X ist von Ihrem Profil getrennt'))
  })

  attack(
    'LNK-5: an identity that is linked to another account is not linked',
    async ({ networks, arrive, linkedTo, change }) => {
      const taken = newPerson()
      const holder = await arrive('sim-x', taken)
      const { browser, subject } = await arrive('sim-google', newPerson())
      const page = await networks.choose(browser, await change(browser, '/profile/networks/sim-x/link'), taken)
      assert.equal(page.status, 409)
      assert.deepEqual(await linkedTo(subject), ['sim-google'])
      assert.deepEqual(await linkedTo(holder.subject), ['sim-x'])
    },
  )

  attack(
    'LNK-6: the same subject at two networks means two people, and an issuer has one row',
    async ({ app, arrive }) => {
      const person = newPerson()
      const google = await arrive('sim-google', person)
      const x = await arrive('sim-x', person)
      assert.notEqual(google.subject, x.subject)
      const provider = (await app.database.read.providers.find('sim-google')) as Provider
      for (const more of [{ id: 'another' }, { issuer: 'https://other.example' }]) {
        const insert = app.database.inTransaction(({ providers }) => providers.insert({ ...provider, ...more }))
        await assert.rejects(insert, { name: 'UniqueConflict' })
      }
    },
  )

  for (const how of ['for good', 'for a while'] as const) {
    attack(
      `LNK-7: a network that is switched off ${how} is refused everywhere, under way as well`,
      async ({ app, networks, arrive, subjectOf, linkedTo, change, setProvider }) => {
        const known = newPerson()
        const { browser, subject } = await arrive('sim-google', known)
        const inFlight = app.browser()
        const page = await networks.start(inFlight, 'sim-google')
        const answer = await answerFor(page, known)
        const email = newGmail()
        await signUp(app, app.browser(), email)
        const waiting = app.browser()
        const waits = await networks.signIn(waiting, 'sim-google', newPerson({ email, emailVerified: true }))

        const signInPage = await inFlight.open(`${app.url}/sign-in`)
        const oldForm = signInPage.forms.find(({ action }) => action === '/sign-in/with/sim-google')
        const restore = await (how === 'for good'
          ? setProvider('sim-google', { enabled: false })
          : switchOffForAWhile(app))
        try {
          assertRefused(await inFlight.open(answer), 403)
          assertRefused(await inFlight.submit(signInPage, oldForm), 403)
          await signInOn(waiting, waits, email)
          assert.deepEqual(await linkedTo(await subjectOf(waiting)), [])
          assert.equal((await change(browser, '/profile/networks/sim-google/link')).status, 403)
          assert.equal((await inFlight.open(`${app.url}/sign-in`)).body.includes('sim-google'), false)
          assert.equal(await whoIs(app, inFlight), undefined)
          assert.equal(await subjectOf(browser), subject)
        } finally {
          await restore()
        }
        const unknown = { ...oldForm, action: '/sign-in/with/nobody' } as ShownPage['forms'][number]
        assert.equal((await inFlight.submit(signInPage, unknown)).status, 404)
        assert.equal((await inFlight.open(`${app.url}/sign-in/with/nobody/callback?state=x&code=y`)).status, 404)
      },
    )
  }

  attack(
    'LNK-8: a network for linking only does not sign in by any route, and is not a way in',
    async ({ app, networks, arrive, change, linkedTo, setProvider }) => {
      const known = newPerson()
      const { subject, browser } = await arrive('sim-google', known)
      const inFlight = app.browser()
      const answer = await answerFor(await networks.start(inFlight, 'sim-google'), known)
      const signInPage = await inFlight.open(`${app.url}/sign-in?again=1`)
      const oldForm = signInPage.forms.find(({ action }) => action === '/sign-in/with/sim-google')
      const email = newGmail()
      const owner = app.browser()
      await signUp(app, owner, email)
      const provider = await app.database.read.providers.find('sim-google')
      assert.ok(provider)
      const restore = await setProvider('sim-google', { settings: { ...provider.settings, linkOnly: true } })
      try {
        assertRefused(await inFlight.open(answer), 403)
        assertRefused(await inFlight.submit(signInPage, oldForm), 403)
        assert.equal(await whoIs(app, inFlight), undefined)
        assert.equal((await inFlight.open(`${app.url}/sign-in`)).body.includes('sim-google'), false)
        const stepUp = await post(browser, await browser.open(`${app.url}/profile`), '/sign-in/with/sim-google', {
          purpose: 'step-up',
        })
        assert.ok(stepUp.status >= 400)
        const atNetwork = await change(owner, '/profile/networks/sim-google/link')
        await networks.choose(owner, atNetwork, newPerson())
        assert.deepEqual(await linkedTo((await whoIs(app, owner))?.subject), ['sim-google'])
        assert.deepEqual(await linkedTo(subject), ['sim-google'])
      } finally {
        await restore()
      }
    },
  )

  attack('LNK-9: a re-created account at the network is not the old one', async ({ arrive, linkedTo }) => {
    const email = newGmail()
    const old = await arrive('sim-google', newPerson({ email, emailVerified: true }))
    const made = await arrive('sim-google', newPerson({ email, emailVerified: true }))
    assert.equal(made.subject, undefined)
    assert.match(made.page.body, /Sie haben schon ein Profil/)
    assert.equal((await linkedTo(old.subject)).length, 1)
  })
})
