import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { startApp, type TestApp } from '../support/app.ts'
import { launchChromium } from '../support/chromium.ts'
import { answerFor, newPerson, startTestNetworks, type TestNetworks } from '../support/networks.ts'
import { assertRefused } from '../support/pages.ts'
import { whoIs } from '../support/people.ts'

// Apple uses `response_mode=form_post`. Simulated here by a page of another site that posts the answer of Sim Google.
let app: TestApp
let networks: TestNetworks
let chromium: Browser
let apple: Server
let posted: Readonly<Record<string, string>> = {}

const callback = () => `${app.url}/sign-in/with/sim-google/callback`

before(async () => {
  app = await startApp({ engine: 'sqlite' })
  networks = await startTestNetworks(app)
  chromium = await launchChromium()
  apple = createServer((_request, response) => {
    const fields = Object.entries(posted).map(([name, value]) => `<input name="${name}" value="${value}">`)
    response.setHeader('content-type', 'text/html')
    response.end(`<form method="post" action="${callback()}">${fields.join('')}<button>Go on</button></form>`)
  })
  await new Promise<void>((resolve) => apple.listen(0, '127.0.0.1', resolve))
})

after(async () => {
  await chromium.close()
  await new Promise((resolve) => apple.close(resolve))
  await networks.close()
  await app.close()
})

const post = (fields: Readonly<Record<string, string>> | string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(callback(), { method: 'POST', body: new URLSearchParams(fields), headers, redirect: 'manual' })

/** A browser that went to the network, and the answer that it should bring back. */
async function left() {
  const browser = app.browser()
  const answer = new URL(await answerFor(await networks.start(browser, 'sim-google'), newPerson()))
  return { browser, fields: Object.fromEntries(answer.searchParams) }
}

test('in Chromium, an answer posted by another site signs in', async () => {
  const page = await chromium.newPage({ locale: 'de-DE' })
  const { origin } = new URL(networks.running.urls['sim-google'] ?? '')
  await page.goto(`${app.url}/sign-in`)
  await page.getByRole('button', { name: 'Sim Google' }).click()
  await page.waitForURL((url) => url.origin === origin)
  const html = await page.content()
  const body = new URLSearchParams({ choice: 'other', subject: 'posted', name: 'Petra' })
  for (const [, name = '', value = ''] of html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)) {
    if (!body.has(name)) body.set(name, value)
  }
  const { headers } = await fetch(page.url(), { method: 'POST', body, redirect: 'manual' })
  posted = Object.fromEntries(new URL(headers.get('location') ?? '').searchParams)
  await page.goto(`http://127.0.0.1:${(apple.address() as AddressInfo).port}/`)
  await page.getByRole('button').click()
  await page.waitForURL(`${app.url}/profile`)
  assert.match(await page.innerText('body'), /Petra/)
})

test('FED-5: another person’s answer does not sign in, posted or not', async () => {
  const attacker = await left()
  const victim = app.browser()
  await victim.open(`${app.url}/sign-in`)
  const location = (await post(attacker.fields)).headers.get('location') ?? ''
  assertRefused(await victim.open(new URL(location, app.url).href), 403)
  assert.equal(await whoIs(app, victim), undefined)
  // It still works in the browser that it belongs to.
  await attacker.browser.open(new URL(location, app.url).href)
  assert.ok(await whoIs(app, attacker.browser))
})

test('the posted form changes nothing by itself, whatever cookies are sent', async () => {
  const { browser, fields } = await left()
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const hash = app.foundation.secrets.hash('federation-state', fields.state ?? '')
  const attempt = await app.database.read.attempts.find(hash)
  const answer = await post(fields, { cookie })
  assert.equal(answer.status, 303)
  assert.equal(answer.headers.get('set-cookie'), null)
  assert.deepEqual(await app.database.read.attempts.find(hash), attempt)
  assert.equal(await whoIs(app, browser), undefined)
})

test('only the fields of an answer are forwarded, and to the same network', async () => {
  const fields = { state: 's', code: 'c&d', error: 'e', error_description: 'Grüße', iss: 'i', user: '{"name":{}}' }
  const { headers } = await post({ ...fields, continue: 'https://evil.example', csrf: 'x' })
  const location = new URL(headers.get('location') ?? '', app.url)
  assert.equal(location.origin + location.pathname, callback())
  assert.deepEqual(Object.fromEntries(location.searchParams), fields)
})

test('anything but an answer is refused with an error page', async () => {
  for (const fields of [
    '',
    'code=c',
    'state=a&state=b',
    `state=s&code=${'c'.repeat(4_096)}`,
    'state=%00',
    'state=%zz',
  ]) {
    const answer = await fetch(callback(), {
      method: 'POST',
      body: fields,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      redirect: 'manual',
    })
    assert.equal(answer.status, 400, fields.slice(0, 30))
    assert.match(await answer.text(), /Nummer für Rückfragen/)
  }
  const elsewhere = await fetch(`${app.url}/sign-in/with/%0d%0aset-cookie:x/callback`, {
    method: 'POST',
    body: new URLSearchParams({ state: 's' }),
    redirect: 'manual',
  })
  assert.equal(elsewhere.headers.get('set-cookie'), null)
})
