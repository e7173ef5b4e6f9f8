import assert from 'node:assert/strict'
import { hour, second } from '#kernel/duration.ts'
import { createTestClock, startApp } from '../support/app.ts'
import { signInOn, signUp, whoIs } from '../support/people.ts'
import { addPortal, answerIn, begin, finish, open, portalOrigin } from '../support/relying-party.ts'
import { inWorlds } from '../support/world.ts'

inWorlds((attack) => {
  attack('OP-8: prompt=none never shows a page', async ({ app, nordwind, person }) => {
    const stranger = app.browser(portalOrigin)
    const silent = await begin(nordwind, { prompt: 'none' })
    const refused = answerIn(await stranger.open(silent.url))
    assert.equal(refused.searchParams.get('error'), 'login_required')
    assert.equal(refused.searchParams.get('state'), silent.checks.expectedState)

    const { browser } = await person()
    const started = await begin(nordwind, { prompt: 'none' })
    assert.ok((await finish(started, await browser.open(started.url))).id_token)
    for (const more of [{ max_age: '0' }, { prompt: 'none login' }]) {
      const answer = answerIn(await browser.open((await begin(nordwind, { prompt: 'none', ...more })).url))
      assert.ok(answer.searchParams.has('error'))
    }
  })

  attack('OP-8: prompt=login and max_age=0 require a proof given after the request', async (world) => {
    const { app, nordwind, person } = world
    const { browser, email } = await person()
    const before = (await open(browser, nordwind)).claims()?.auth_time as number
    for (const more of [{ prompt: 'login' }, { max_age: '0' }]) {
      app.clock.advance(5 * second)
      const started = await begin(nordwind, more)
      const page = await browser.open(started.url)
      assert.equal(page.url.pathname, '/sign-in')
      // Resuming the request without a new proof asks again.
      const again = await browser.open(`${app.url}${page.url.searchParams.get('continue')}`)
      assert.equal(again.url.pathname, '/sign-in')
      const tokens = await finish(started, await signInOn(browser, page, email))
      const after = tokens.claims()?.auth_time as number
      assert.ok(after > before, `auth_time ${after} is not younger than ${before}`)
    }
  })

  attack('OP-8: max_age requires a proof that is not older', async (world) => {
    // The engine uses the machine's time. The clock was two hours behind, so the sign-in is two hours old.
    const clock = createTestClock()
    clock.advance(-2 * hour)
    const app = await startApp({ engine: world.app.engine, clock })
    try {
      const portal = await addPortal(app, 'nordwind')
      const browser = app.browser(portalOrigin)
      await signUp(app, browser, 'anna@example.org')
      clock.advance(2 * hour)
      const old = await open(browser, portal, { max_age: String(3 * 3600) })
      assert.ok(Number(old.claims()?.auth_time) <= Date.now() / 1000 - 7200)
      const silent = answerIn(await browser.open((await begin(portal, { max_age: '3600', prompt: 'none' })).url))
      assert.equal(silent.searchParams.get('error'), 'login_required')
      const started = await begin(portal, { max_age: '3600' })
      const page = await browser.open(started.url)
      assert.equal(page.url.pathname, '/sign-in')
      const fresh = await finish(started, await signInOn(browser, page, 'anna@example.org'))
      assert.ok(Number(fresh.claims()?.auth_time) >= Number(old.claims()?.auth_time) + 7200)
    } finally {
      await app.close()
    }
  })

  attack('OP-8: auth_time is the time of the proof, not of the portal’s request', async (world) => {
    const { app, nordwind, person } = world
    const { browser } = await person()
    const first = (await open(browser, nordwind)).claims()
    app.clock.advance(hour)
    const second = (await open(browser, nordwind)).claims()
    assert.equal(second?.auth_time, first?.auth_time)
    assert.ok(await whoIs(app, browser))
  })

  attack('OP-8: a portal that requests one person does not get another', async ({ app, nordwind, person }) => {
    const anna = await person()
    const hint = String((await open(anna.browser, nordwind)).id_token)
    const ben = await person()
    await open(ben.browser, nordwind)
    const silent = await begin(nordwind, { id_token_hint: hint, prompt: 'none' })
    assert.equal(answerIn(await ben.browser.open(silent.url)).searchParams.get('error'), 'login_required')

    const started = await begin(nordwind, { id_token_hint: hint })
    const asked = await ben.browser.open(started.url)
    assert.equal(asked.url.pathname, '/sign-in')
    const stillBen = await signInOn(ben.browser, asked, ben.email)
    assert.equal(answerIn(stillBen).searchParams.get('error'), 'login_required')
    const again = await begin(nordwind, { id_token_hint: hint })
    const nowAnna = await signInOn(ben.browser, await ben.browser.open(again.url), anna.email)
    assert.equal((await finish(again, nowAnna)).claims()?.sub, anna.subject)
    assert.equal((await whoIs(app, ben.browser))?.subject, anna.subject)
  })
})
