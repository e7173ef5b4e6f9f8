import assert from 'node:assert/strict'
import type { FaultName } from '#development/networks/index.ts'
import { minute } from '#kernel/duration.ts'
import type { AccountId } from '#kernel/id.ts'
import { answerFor, newPerson } from '../support/networks.ts'
import { assertRefused } from '../support/pages.ts'
import { askForLink, newGmail, whoIs } from '../support/people.ts'
import { inWorlds } from '../support/world.ts'

inWorlds((attack) => {
  attack('FED-1: the answer of one network is not accepted for another', async ({ app, networks, arrive }) => {
    for (const [id, fault] of [
      ['sim-google', 'foreign-iss-parameter'],
      ['sim-google', 'missing-iss-parameter'],
      ['sim-x', 'foreign-iss-parameter'],
    ] as const) {
      await networks.set(id, { fault })
      const { page, subject } = await arrive(id, newPerson())
      assertRefused(page, 502)
      assert.equal(subject, undefined)
      await networks.set(id, { fault: null })
    }
    const browser = app.browser()
    const answer = await answerFor(await networks.start(browser, 'sim-google'), newPerson())
    assertRefused(await browser.open(answer.replace('/with/sim-google/', '/with/sim-x/')), 403)
    assert.equal(await whoIs(app, browser), undefined)
  })

  attack(
    'FED-2: an answer is accepted once, complete, and in the browser that started the attempt',
    async ({ app, networks }) => {
      const browser = app.browser()
      const page = await networks.start(browser, 'sim-google')
      assert.equal(page.url.searchParams.get('code_challenge_method'), 'S256')
      const answer = await answerFor(page, newPerson())
      assertRefused(await app.browser().open(answer), 403)
      const stranger = app.browser()
      await stranger.open(`${app.url}/sign-in`)
      assertRefused(await stranger.open(answer), 403)
      assert.equal(await whoIs(app, stranger), undefined)
      for (const parameter of ['state', 'code'] as const) {
        const again = app.browser()
        const own = new URL(await answerFor(await networks.start(again, 'sim-google'), newPerson()))
        const stripped = new URL(own)
        stripped.searchParams.delete(parameter)
        own.searchParams.append(parameter, 'another')
        assertRefused(await again.open(own.href), 403)
        assert.ok((await again.open(stripped.href)).status >= 400)
        assert.equal(await whoIs(app, again), undefined)
      }
      const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const tries = Array.from({ length: 10 }, () => fetch(answer, { headers: { cookie }, redirect: 'manual' }))
      const statuses = (await Promise.all(tries)).map((response) => response.status)
      assert.deepEqual(statuses.filter((status) => status === 303).length, 1, statuses.join())
      assertRefused(await browser.open(answer), 410)
    },
  )

  attack('FED-2: an expired attempt is refused', async ({ app, networks }) => {
    const browser = app.browser()
    const answer = await answerFor(await networks.start(browser, 'sim-google'), newPerson())
    app.clock.advance(10 * minute)
    assertRefused(await browser.open(answer), 410)
    assert.equal(await whoIs(app, browser), undefined)
  })

  attack(
    'FED-3 and FED-4: a token that is not a state, and a state used as another token, are refused',
    async ({ app, networks }) => {
      const browser = app.browser()
      const page = await networks.start(browser, 'sim-google')
      const state = page.url.searchParams.get('state') ?? ''
      const issued = app.foundation.secrets.issue('federation-state').token
      const linkToken = new URL(await askForLink(app, browser, '/sign-up', newGmail())).searchParams.get('token') ?? ''
      const tokens = [issued, linkToken, browser.cookies.get('einlass-browser') ?? '', 'x', `${state}x`]
      for (const token of tokens) {
        const query = new URLSearchParams({ state: token, code: 'c' })
        assertRefused(await browser.open(`${app.url}/sign-in/with/sim-google/callback?${query}`), 403)
      }
      for (const path of ['/sign-up/link', '/recover/link', '/sign-in/confirm/link']) {
        assert.equal((await browser.open(`${app.url}${path}?token=${encodeURIComponent(state)}`)).status, 410)
      }
      const session = await fetch(`${app.url}/api/session`, { headers: { cookie: `einlass-session=${state}` } })
      assert.equal(session.status, 401)
    },
  )

  attack('FED-5: another person’s answer does not sign in', async ({ app, networks, arrive, subjectOf }) => {
    const attacker = app.browser()
    const answer = await answerFor(await networks.start(attacker, 'sim-google'), newPerson())
    const victim = app.browser()
    assertRefused(await victim.open(answer), 403)
    assert.equal(victim.cookies.has('einlass-session'), false)
    const signedIn = await arrive('sim-google', newPerson())
    assertRefused(await signedIn.browser.open(answer), 403)
    assert.equal(await subjectOf(signedIn.browser), signedIn.subject)
  })

  attack('FED-6: an id_token with any defect is refused', async ({ networks, arrive }) => {
    const wrong: readonly FaultName[] = [
      'wrong-issuer',
      'wrong-audience',
      'wrong-azp',
      'wrong-nonce',
      'missing-nonce',
      'expired',
      'issued-in-future',
      'algorithm-none',
      'hs256-with-public-key',
      'unknown-key',
    ]
    for (const fault of wrong) {
      await networks.set('sim-google', { fault })
      const { page, subject } = await arrive('sim-google', newPerson())
      assert.equal(subject, undefined, fault)
      assertRefused(page, 502)
    }
  })

  attack('FED-7: userinfo with another subject is refused', async ({ networks, arrive }) => {
    await networks.set('sim-google', { fault: 'userinfo-other-subject' })
    const { page, subject } = await arrive('sim-google', newPerson())
    assertRefused(page, 502)
    assert.equal(subject, undefined)
  })

  attack(
    'FED-11: a sign-in through a network has one proof, and the next one finds the same account',
    async ({ app, arrive }) => {
      for (const id of ['sim-google', 'sim-x'] as const) {
        const person = newPerson({ name: 'Zoë\u202e\nMüller' })
        const first = await arrive(id, person)
        assert.equal(first.page.url.pathname, '/profile')
        const again = await arrive(id, person)
        assert.ok(first.subject)
        assert.equal(again.subject, first.subject)
        const signed = await whoIs(app, again.browser)
        assert.equal(signed?.name, 'Zoë Müller')
        assert.deepEqual(signed?.amr, ['fed'])
      }
    },
  )

  attack(
    'after cancelling at the network, the page says that nothing happened and offers a retry',
    async ({ app, networks }) => {
      const browser = app.browser()
      const page = await networks.start(browser, 'sim-google')
      const cancelled = await browser.submit(
        page,
        page.forms.find((form) => form.fields.choice === 'cancel'),
      )
      assertRefused(cancelled, 400)
      assert.match(cancelled.body, /abgebrochen/)
      assert.ok(cancelled.forms.some(({ action }) => action === '/sign-in/with/sim-google'))
    },
  )

  attack('a network does not sign in to a disabled profile', async ({ app, arrive }) => {
    const person = newPerson()
    const { subject } = await arrive('sim-google', person)
    await app.database.inTransaction(({ accounts }) => accounts.disable(subject as AccountId, app.clock.now()))
    const again = await arrive('sim-google', person)
    assertRefused(again.page, 403)
    assert.equal(again.subject, undefined)
  })

  attack('the form-action policy allows the networks and nothing else', async ({ app, networks }) => {
    const page = await app.browser().open(`${app.url}/sign-in`)
    const policy = page.headers.get('content-security-policy') ?? ''
    const { urls } = networks.running
    assert.match(policy, new RegExp(`form-action 'self' ${urls['sim-google']} ${urls['sim-x']};`))
  })
})
