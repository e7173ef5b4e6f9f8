import assert from 'node:assert/strict'
import { test } from 'node:test'
import { second } from '#kernel/duration.ts'
import type { ScriptFreeBrowser } from '../support/browser.ts'
import { behindProxy, stateOf, visitorFrom } from '../support/client-networks.ts'
import { onEachEngine } from '../support/engines.ts'
import { answerFor, newPerson } from '../support/networks.ts'
import { assertRefused } from '../support/pages.ts'
import { inWorld } from '../support/world.ts'

onEachEngine((engine) => {
  test('a thousand reports from one browser or client network do not mark a network as down', () =>
    inWorld(behindProxy(engine), async ({ app, networks }) => {
      const liar = visitorFrom(app, 50)
      for (let lie = 0; lie < 12; lie += 1) {
        const page = await liar.open(`${app.url}/sign-in?again=1`)
        const form = page.forms.find(({ action }) => action === '/sign-in/with/sim-google')
        await liar.submit(page, form, { check: 'unreachable' })
        app.clock.advance(2 * second)
      }
      await app.health.settle()
      assert.equal(stateOf(app, '10.0.50.0/24'), undefined, 'one browser has one voice')
      for (let host = 2; host < 10; host += 1) {
        const browser = visitorFrom(app, 50, host)
        const page = await browser.open(`${app.url}/sign-in?again=1`)
        const form = page.forms.find(({ action }) => action === '/sign-in/with/sim-google')
        await browser.submit(page, form, { check: 'unreachable' })
        app.clock.advance(2 * second)
      }
      await app.health.settle()
      assert.equal(stateOf(app, '10.0.50.0/24'), 'down')
      assert.equal(stateOf(app, '10.0.51.0/24'), undefined, 'only for themselves')
      assert.equal(stateOf(app), undefined)
      assert.ok((await networks.signIn(visitorFrom(app, 50, 99), 'sim-google', newPerson())).status === 200)
    }))

  test('a visitor’s forged answer is not evidence about the network', () =>
    inWorld(behindProxy(engine), async ({ app, networks }) => {
      for (let tries = 0; tries < 12; tries += 1) {
        const browser = visitorFrom(app, 60)
        const page = await networks.start(browser, 'sim-google')
        const state = page.url.searchParams.get('state') ?? ''
        const answer = tries % 2 ? 'error=server_error' : 'code=made-up'
        await browser.open(`${app.url}/sign-in/with/sim-google/callback?${answer}&state=${state}`)
        app.clock.advance(2 * second)
      }
      await app.health.settle()
      assert.equal(stateOf(app), undefined)
    }))

  test('forged codes that make a network fail do not affect others, from however many client networks', () =>
    inWorld(behindProxy(engine), async ({ app, networks }) => {
      await networks.set('sim-google', { fault: 'stumbles-over-codes' })
      for (let tries = 0; tries < 20; tries += 1) {
        const browser = visitorFrom(app, tries < 10 ? 60 : 200 + tries)
        const page = await networks.start(browser, 'sim-google')
        const made = new URL(await answerFor(page, newPerson()))
        made.searchParams.set('code', 'made-up')
        assertRefused(await browser.open(made.href), 502)
        app.clock.advance(11 * second)
        await app.health.poll()
        await app.health.settle()
        if (tries < 10) assert.equal(stateOf(app), undefined, 'one client network')
        assert.notEqual(stateOf(app), 'down')
      }
      assert.equal((await networks.signIn(visitorFrom(app, 90), 'sim-google', newPerson())).status, 200)
    }))

  test('forged answers do not affect others, from however many client networks', () =>
    inWorld(behindProxy(engine), async ({ app, networks }) => {
      for (let tries = 0; tries < 12; tries += 1) {
        const browser = visitorFrom(app, 200 + tries)
        const page = await networks.start(browser, 'sim-google')
        const state = page.url.searchParams.get('state') ?? ''
        const answer = `code=made-up&iss=${encodeURIComponent('https://elsewhere.example')}`
        await browser.open(`${app.url}/sign-in/with/sim-google/callback?${answer}&state=${state}`)
        app.clock.advance(2 * second)
      }
      await app.health.settle()
      assert.equal(stateOf(app), undefined)
    }))

  test('success reports of one browser do not end an outage', () =>
    inWorld(behindProxy(engine), async ({ app }) => {
      const tell = async (browser: ScriptFreeBrowser, check: string) => {
        const page = await browser.open(`${app.url}/sign-in?again=1`)
        const form = page.forms.find(({ action }) => action === '/sign-in/with/sim-google')
        await browser.submit(page, form, { check })
      }
      const liar = visitorFrom(app, 80)
      for (let visitor = 0; visitor < 30; visitor += 1) {
        await tell(visitorFrom(app, 300 + visitor), 'unreachable')
        await tell(liar, 'reachable')
        app.clock.advance(second)
      }
      await app.health.settle()
      assert.equal(stateOf(app), 'troubled')
    }))

  test('DOS-9: answers without an attempt do not fill a table', () =>
    inWorld(behindProxy(engine), async ({ app }) => {
      const browser = visitorFrom(app, 70)
      for (let tries = 0; tries < 100; tries += 1) {
        await browser.open(`${app.url}/sign-in/with/sim-google/callback?state=made-up-${tries}&code=x`)
      }
      const events = await app.foundation.connection.reader().selectFrom('audit').select('event').execute()
      const refused = events.filter(({ event }) => event === 'federation.attempt-refused')
      assert.ok(refused.length >= 1 && refused.length < 75, `${refused.length} rows`)
    }))
})
