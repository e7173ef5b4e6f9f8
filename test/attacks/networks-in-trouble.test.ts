import assert from 'node:assert/strict'
import type { FaultName, NetworkId } from '#development/networks/index.ts'
import type { Provider } from '#features/provider/index.ts'
import { minute } from '#kernel/duration.ts'
import { answerFor, newPerson } from '../support/networks.ts'
import { assertRefused } from '../support/pages.ts'
import { newGmail, signInOn, signUp, whoIs } from '../support/people.ts'
import { inWorlds } from '../support/world.ts'

inWorlds((attack) => {
  attack('FED-8: a malformed answer leads to the page with the other ways', async ({ app, networks }) => {
    const malformed: readonly FaultName[] = [
      'huge-body',
      'gzip-bomb',
      'slow-drip',
      'redirect-loop',
      'duplicate-json-keys',
      'error-200',
    ]
    const both = ['sim-google', 'sim-x'] as const
    for (const fault of malformed) {
      const pages = await Promise.all(
        both.map(async (id) => {
          const browser = app.browser()
          const start = await networks.start(browser, id)
          await networks.set(id, { fault })
          const page = await networks.choose(browser, start, newPerson())
          await networks.set(id, { fault: null })
          assert.equal(await whoIs(app, browser), undefined, `${id} ${fault}`)
          return page
        }),
      )
      for (const page of pages) {
        // An error with status 200 is still a refusal.
        const statuses = fault === 'error-200' ? [403] : [502, 504]
        assert.ok(statuses.includes(page.status), `${fault}: ${page.status}`)
        assertRefused(page, page.status)
      }
    }
  })

  attack('FED-8: a malformed address from a network is ignored', async ({ networks, arrive, addressesOf }) => {
    for (const id of ['sim-google', 'sim-x'] as const) {
      for (const fault of ['email-not-a-string', 'email-array', 'email-crlf'] as const) {
        await networks.set(id, { fault })
        const { subject } = await arrive(id, newPerson({ email: newGmail(), emailVerified: true }))
        assert.ok(subject, `${id} ${fault}`)
        assert.deepEqual(await addressesOf(subject), [])
      }
    }
  })

  attack(
    'FED-8: an unresponsive network leads to the ways that work, which keep the destination',
    async ({ app, networks }) => {
      const email = newGmail()
      await signUp(app, app.browser(), email)
      // A network that responded recently is not pinged.
      app.clock.advance(minute)
      for (const [behaviour, status] of [
        ['down', 503],
        ['error', 502],
        ['slow', 504],
      ] as const) {
        for (const id of ['sim-google', 'sim-x'] as const) {
          await networks.set(id, { behaviour })
          const browser = app.browser()
          const page = await networks.start(browser, id, '/portals')
          assertRefused(page, status)
          const other = id === 'sim-x' ? 'sim-google' : 'sim-x'
          assert.ok(page.forms.some(({ action }) => action === `/sign-in/with/${other}`))
          assert.equal((await signInOn(browser, page, email)).url.pathname, '/portals')
          await networks.set(id, { behaviour: 'operational' })
        }
      }
      await networks.set('sim-google', { behaviour: 'malformed' })
      assertRefused(await networks.start(app.browser(), 'sim-google'), 502)
    },
  )

  attack('a replayed answer shows the result of the first time', async ({ app, networks }) => {
    const browser = app.browser()
    const start = await networks.start(browser, 'sim-google', '/portals')
    const answer = await answerFor(start, newPerson())
    const refusal = new URL(answer)
    refusal.searchParams.delete('code')
    refusal.searchParams.set('error', 'invalid_scope')
    const first = await browser.open(refusal.href)
    assertRefused(first, 403)
    const reference = /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(first.body)?.[0]
    assert.ok(reference)
    for (const again of [refusal.href, answer, `${app.url}/sign-in/with/sim-google`]) {
      const page = await browser.open(again)
      assertRefused(page, 403)
      assert.ok(page.body.includes(reference) && page.body.includes('invalid_scope'), again)
    }
    const other = await networks.start(app.browser(), 'sim-google')
    assertRefused(await browser.open(await answerFor(other, newPerson())), 403)
  })

  attack('a replayed answer of a signed-in person continues to the destination', async ({ app, networks }) => {
    const browser = app.browser()
    const answer = await answerFor(await networks.start(browser, 'sim-google', '/portals'), newPerson())
    assert.equal((await browser.open(answer)).url.pathname, '/portals')
    assert.equal((await browser.open(answer)).url.pathname, '/portals')
  })

  attack(
    'answers that victims are tricked into sending do not use up their budget for starts',
    async ({ app, networks }) => {
      for (let picture = 0; picture < 70; picture += 1) {
        await app.browser().open(`${app.url}/sign-in/with/sim-google/callback?state=made-up`)
      }
      const page = await networks.signIn(app.browser(), 'sim-google', newPerson())
      assert.equal(page.status, 200)
    },
  )

  attack('exceeding the start limit keeps the destination', async ({ app, networks }) => {
    const browser = app.browser()
    let page = await browser.open(`${app.url}/sign-in?continue=/portals`)
    // The budget of 60 grants one more every five seconds, so a slow machine needs more starts.
    let starts = 0
    for (; page.status !== 429 && starts < 200; starts += 1)
      page = await networks.start(browser, 'sim-google', '/portals')
    assert.equal(page.status, 429)
    assert.ok(starts > 60, `${starts} starts`)
    assert.match(page.body, /href="\/sign-in\?continue=%2Fportals"/)
  })

  attack('a network that is removed in the meantime keeps the destination', async ({ app, networks }) => {
    const browser = app.browser()
    const answer = await answerFor(await networks.start(browser, 'sim-google', '/portals'), newPerson())
    const provider = await app.database.read.providers.find('sim-google')
    assert.ok(provider)
    await app.database.inTransaction(({ providers }) => providers.delete('sim-google'))
    const page = await browser.open(answer)
    await app.database.inTransaction(({ providers }) => providers.insert(provider))
    assert.equal(page.url.pathname, '/sign-in')
    assert.equal(page.url.searchParams.get('continue'), '/portals')
    assert.equal((await app.browser().open(answer.replace('sim-google', 'no-network'))).status, 404)
  })

  attack('a path with a NUL is not found', async ({ app, change }) => {
    const browser = app.browser()
    await signUp(app, browser, newGmail())
    assert.equal((await browser.open(`${app.url}/sign-in/with/%00/callback?state=x`)).status, 404)
    assert.equal((await change(browser, '/profile/networks/%00/link')).status, 404)
    assert.equal((await change(browser, '/profile/sessions/%00/end')).status, 404)
  })

  attack('a HEAD request does not consume an attempt', async ({ app, networks }) => {
    const browser = app.browser()
    const answer = await answerFor(await networks.start(browser, 'sim-google', '/portals'), newPerson())
    const head = await fetch(answer, { method: 'HEAD', redirect: 'manual' })
    assert.equal(head.status, 404)
    const page = await browser.open(`${answer}&error_description=Really?&more=1`)
    assert.equal(page.url.pathname, '/portals', 'all that stands behind a second question mark counts as well')
  })

  attack('the network that just failed stays last on the following pages', async ({ app, networks, arrive }) => {
    const email = newGmail()
    await arrive('sim-x', newPerson({ email, emailVerified: true }))
    const browser = app.browser()
    const start = await networks.start(browser, 'sim-google')
    const answer = await answerFor(start, newPerson())
    await networks.set('sim-google', { behaviour: 'error' })
    const failed = await browser.open(answer)
    assertRefused(failed, 502)
    await networks.set('sim-google', { behaviour: 'operational' })
    for (const identifier of ['nobody@example.org', email]) {
      const page = await signInOn(browser, failed, identifier, 'a wrong password')
      const offered = page.forms.map(({ action }) => action).filter((action) => action.startsWith('/sign-in/with/'))
      assert.deepEqual(offered, ['/sign-in/with/sim-x', '/sign-in/with/sim-google'])
      assert.match(page.body, /hat zuletzt nicht geklappt/)
    }
  })

  attack(
    'with no password and a network that is down, the step-up page offers to set a password by mail',
    async ({ app, networks }) => {
      const browser = app.browser()
      await networks.signIn(browser, 'sim-google', newPerson({ email: newGmail(), emailVerified: true }))
      await networks.set('sim-google', { behaviour: 'down' })
      app.clock.advance(6_000)
      const page = await browser.open(`${app.url}/profile/confirm?continue=/profile`)
      const tried = await browser.submit(
        page,
        page.forms.find(({ action }) => action === '/sign-in/with/sim-google'),
      )
      assert.equal(tried.status, 503)
      assert.match(tried.body, /href="\/recover\?continue=%2Fprofile[^"]*"[^>]*>Passwort per E-Mail festlegen/)
      assert.equal(tried.forms.filter(({ action }) => action === '/sign-in/with/sim-google').length, 1)
    },
  )

  attack('linking and step-up explain the network’s failure', async ({ app, networks, change }) => {
    const browser = app.browser()
    await signUp(app, browser, newGmail())
    await networks.set('sim-google', { behaviour: 'down' })
    const page = await change(browser, '/profile/networks/sim-google/link')
    assert.equal(page.status, 503)
    assert.match(page.body, /Sim Google ist nicht erreichbar/)
    assert.match(page.body, /Nummer für Rückfragen: [A-Z2-9]{4}-[A-Z2-9]{4}/)
    await networks.set('sim-google', { behaviour: 'operational' })
    const anyway = page.forms.find(({ fields }) => fields.anyway === '1')
    assert.equal(anyway?.action, '/profile/networks/sim-google/link')
    const away = await browser.submit(page, anyway)
    const refusal = new URL(await answerFor(away, newPerson()))
    refusal.searchParams.delete('code')
    refusal.searchParams.set('error', 'access_denied')
    const back = await browser.open(refusal.href)
    assert.equal(back.status, 400)
    assert.match(back.body, /Anmeldung mit Sim Google abgebrochen/)
    assert.doesNotMatch(back.body, /access_denied/, 'who turned back knows why')
    assert.ok(await whoIs(app, browser))
  })

  attack('FED-8: a network that fails after the redirect leads to the same page', async ({ app, networks }) => {
    for (const [behaviour, status] of [
      ['down', 503],
      ['error', 502],
      ['malformed', 502],
    ] as const) {
      for (const id of ['sim-google', 'sim-x'] as const) {
        const browser = app.browser()
        const answer = await answerFor(await networks.start(browser, id), newPerson())
        await networks.set(id, { behaviour })
        assertRefused(await browser.open(answer), status)
        await networks.set(id, { behaviour: 'operational' })
      }
    }
  })

  attack('after an abandoned attempt, the other ways come first', async ({ app, networks }) => {
    const browser = app.browser()
    await networks.set('sim-google', { behaviour: 'blocked' })
    await assert.rejects(networks.start(browser, 'sim-google'))
    const page = await browser.open(`${app.url}/sign-in`)
    assert.match(page.body, /Sie sind von Sim Google nicht zurückgekommen/)
    const offered = page.forms.map(({ action }) => action).filter((action) => action.startsWith('/sign-in/with/'))
    assert.deepEqual(offered, ['/sign-in/with/sim-x', '/sign-in/with/sim-google'])
    assert.equal((await app.browser().open(`${app.url}/sign-in`)).body.includes('nicht zurückgekommen'), false)
    await networks.set('sim-google', { behaviour: 'operational' })
    await networks.signIn(browser, 'sim-google', newPerson())
    const later = await browser.open(`${app.url}/sign-in?again=1`)
    assert.equal(later.body.includes('nicht zurückgekommen'), false)
  })

  attack('FED-9: sign-in works after a network has rotated its keys', async ({ networks, arrive }) => {
    await arrive('sim-google', newPerson())
    await networks.set('sim-google', { behaviour: 'rotated-keys' })
    assert.ok((await arrive('sim-google', newPerson())).subject)
  })

  attack('FED-10: a wrong client registration is reported as refused', async ({ app, networks, setProvider }) => {
    const { secrets } = app.foundation
    const elsewhere = networks.running.urls['sim-x'] ?? ''
    for (const [id, more] of [
      ['sim-google', { clientSecret: '' }],
      ['sim-google', { clientSecret: secrets.encrypt('provider-secret', 'not the secret') }],
      ['sim-x', { clientSecret: secrets.encrypt('provider-secret', 'not the secret') }],
      ['sim-google', { issuer: `${elsewhere}/nowhere` }],
      ['sim-x', { settings: { scopes: ['users.read', 'tweet.read'], trust: { kind: 'confirmed' } } }],
    ] as const satisfies readonly (readonly [NetworkId, Partial<Provider>])[]) {
      const browser = app.browser()
      const answer = await answerFor(await networks.start(browser, id), newPerson())
      const restore = await setProvider(id, more)
      try {
        const page = await browser.open(answer)
        assert.ok(page.status >= 400, page.body)
        assertRefused(page, page.status)
        assert.equal(await whoIs(app, browser), undefined)
      } finally {
        await restore()
      }
    }
  })
})
