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

test('an abandoned attempt is mentioned for an hour, and its destination is kept', async () => {
  const browser = app.browser()
  await networks.start(browser, 'sim-google', '/portals')
  app.clock.advance(59 * minute)
  const page = await browser.open(`${app.url}/sign-in`)
  assert.match(page.body, notice)
  assert.equal(page.forms.find(({ action }) => action === '/sign-in')?.fields.continue, '/portals')
  app.clock.advance(2 * minute)
  assert.doesNotMatch((await browser.open(`${app.url}/sign-in`)).body, notice)
})

test('without the cookie, the usual page is shown', async () => {
  await networks.start(app.browser(), 'sim-google', '/portals')
  const page = await app.browser().open(`${app.url}/sign-in`)
  assert.equal(page.status, 200)
  assert.doesNotMatch(page.body, notice)
})

test('opening the form’s action URL leads to the sign-in page, or to the explanation of the failure', async () => {
  const browser = app.browser()
  const start = `${app.url}/sign-in/with/sim-google`
  await networks.start(browser, 'sim-google', '/portals')
  const back = await browser.open(start)
  assert.equal(back.url.pathname + back.url.search, '/sign-in?continue=%2Fportals')
  assert.match(back.body, notice)
  await networks.set('sim-google', { behaviour: 'down' })
  // Its last response has to be old enough to ping it again.
  app.clock.advance(minute)
  const failed = await networks.start(browser, 'sim-google', '/portals')
  const again = await browser.open(start)
  assert.equal(again.status, 503)
  const reference = /Nummer für Rückfragen: ([A-Z2-9-]+)/
  assert.equal(reference.exec(again.body)?.[1], reference.exec(failed.body)?.[1])
  // Another browser that opens the URL learns nothing.
  assert.equal((await app.browser().open(failed.url.href)).url.pathname, '/sign-in')
  await networks.set('sim-google', { behaviour: 'operational' })
})

test('the help page mentions it, too, and its buttons keep the destination', async () => {
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
