import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { minute } from '#kernel/duration.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { startTestNetworks, type TestNetworks } from '../support/networks.ts'

let app: TestApp
let networks: TestNetworks
const notice = /Sie sind von Sim Google nicht zurückgekommen/

before(async () => {
  app = await startApp({ engine: 'sqlite' })
  networks = await startTestNetworks(app)
})

after(async () => {
  await networks.close()
  await app.close()
})

test('a browser that has not come back is told so for an hour, and goes on to where it was going', async () => {
  const browser = app.browser()
  await networks.start(browser, 'sim-google', '/portals')
  app.clock.advance(59 * minute)
  const page = await browser.open(`${app.url}/sign-in`)
  assert.match(page.body, notice)
  assert.equal(page.forms.find(({ action }) => action === '/sign-in')?.fields.continue, '/portals')
  app.clock.advance(2 * minute)
  assert.doesNotMatch((await browser.open(`${app.url}/sign-in`)).body, notice)
})

test('without the cookie nothing is known, and the page is the usual one', async () => {
  await networks.start(app.browser(), 'sim-google', '/portals')
  const page = await app.browser().open(`${app.url}/sign-in`)
  assert.equal(page.status, 200)
  assert.doesNotMatch(page.body, notice)
})

test('the address to which the form was sent leads on when it is opened: to the sign-in page, or to what happened', async () => {
  const browser = app.browser()
  const start = `${app.url}/sign-in/with/sim-google`
  await networks.start(browser, 'sim-google', '/portals')
  const back = await browser.open(start)
  assert.equal(back.url.pathname + back.url.search, '/sign-in?continue=%2Fportals')
  assert.match(back.body, notice)
  await networks.set('sim-google', { behaviour: 'down' })
  // It was heard of a moment ago, and is believed for as long.
  app.clock.advance(minute)
  const failed = await networks.start(browser, 'sim-google', '/portals')
  const again = await browser.open(start)
  assert.equal(again.status, 503)
  const reference = /Nummer für Rückfragen: ([A-Z2-9-]+)/
  assert.equal(reference.exec(again.body)?.[1], reference.exec(failed.body)?.[1])
  // Somebody else who is given the address learns nothing.
  assert.equal((await app.browser().open(failed.url.href)).url.pathname, '/sign-in')
  await networks.set('sim-google', { behaviour: 'operational' })
})

test('the help page knows of it, too, and its buttons lead on', async () => {
  const browser = app.browser()
  await networks.start(browser, 'sim-google', '/portals')
  const page = await browser.open(`${app.url}/help/sign-in`)
  assert.match(page.body, notice)
  assert.match(page.body, /href="\/recover\?continue=%2Fportals"/)
  assert.match(page.body, /href="\/sign-in\?continue=%2Fportals"/)
  const outside = await app.browser().open(`${app.url}/help/sign-in?continue=https://evil.example/`)
  assert.doesNotMatch(outside.body, /href="[^"]*evil/)
  assert.ok(outside.forms.every(({ fields }) => !fields.continue?.includes('evil')))
})
