import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import { after, before, test } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { type RunningPortals, startPortals } from '#development/portals/start-portals.ts'
import { freePort } from '#development/start-program.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { launchChromium } from '../support/chromium.ts'
import { goodPassword, newestLink } from '../support/people.ts'
import { addPortal, begin } from '../support/relying-party.ts'

const email = 'anna@example.org'
let app: TestApp
let portals: RunningPortals
let browser: Browser
let other: Server
const at: Record<string, string> = {}

before(async () => {
  app = await startApp({ engine: 'sqlite' })
  const settings = []
  for (const id of ['nordwind', 'suedstern']) {
    const port = await freePort(0)
    const url = `http://localhost:${port}`
    const { secret } = await addPortal(app, id, {
      redirectUris: [`${url}/callback`],
      postLogoutRedirectUris: [`${url}/signed-out`],
      backchannelLogoutUri: `${url}/backchannel-logout`,
      startUri: `${url}/sign-in`,
    })
    settings.push({ id, name: id, port, clientId: id, clientSecret: secret, colour: '#1d4ed8' })
    at[id] = url
  }
  portals = await startPortals({ issuer: app.url, portals: settings })
  browser = await launchChromium()
  // Another site, which frames our pages and accepts form posts.
  other = createServer((request, response) => {
    request.resume()
    response.setHeader('content-type', 'text/html')
    response.end(request.method === 'POST' ? 'posted' : `<iframe src="${app.url}/sign-in"></iframe>`)
  })
  at.other = `http://127.0.0.1:${await freePort(0)}`
  await new Promise<void>((resolve) => other.listen(Number(new URL(at.other as string).port), '127.0.0.1', resolve))
})

after(async () => {
  await browser.close()
  await new Promise((resolve) => other.close(resolve))
  await portals.close()
  await app.close()
})

/** A new browser that records policy violations of its pages. */
async function newBrowser(): Promise<{ context: BrowserContext; violations: string[] }> {
  const context = await browser.newContext({ locale: 'de-DE' })
  const violations: string[] = []
  await context.exposeFunction('violated', (what: string) => violations.push(what))
  await context.addInitScript(`addEventListener('securitypolicyviolation', (event) =>
    violated(event.violatedDirective + ' ' + event.blockedURI + ' on ' + location.href))`)
  context.on('console', (message) => {
    if (/content security policy|trusted type/i.test(message.text())) violations.push(message.text())
  })
  return { context, violations }
}

async function signInOn(page: Page): Promise<void> {
  await page.locator('input[name=identifier]').fill(email)
  await page.locator('input[name=password]').fill(goodPassword)
  await page.locator('form:has(input[name=password]) button[type=submit]').click()
}

test('SES-6: signing up, signing in, opening portals and signing out cause no policy violation', async () => {
  const { context, violations } = await newBrowser()
  const page = await context.newPage()
  await page.goto(`${app.url}/sign-up`)
  await page.locator('input[name=identifier]').fill(email)
  await page.locator('form:has(input[name=identifier]) button[type=submit]').click()
  await page.waitForURL(/\/sign-up\/sent/)
  await page.goto(await newestLink(app, email))
  await page.locator('input[name=name]').fill('Anna')
  await page.locator('input[name=new_password]').fill(goodPassword)
  await page.locator('form:has(input[name=new_password]) button[type=submit]').click()
  await page.waitForURL(/\/profile|\/portals/)
  const paths = ['/profile', '/profile/confirm', '/portals', '/help/sign-in', '/recover', '/nowhere', '/oidc/authorize']
  for (const path of paths) await page.goto(app.url + path)

  await page.goto(`${at.nordwind}/sign-in`)
  assert.equal(page.url(), `${at.nordwind}/`)
  // From the portal to our confirmation page and back: `form-action` also applies to redirects after a form.
  await page.locator('form:has(input[value=everywhere]) button, form:has(button) >> nth=0').first().click()
  await page.waitForURL(/\/oidc\/sign-out/)
  await page.locator('form[action="/oidc/sign-out/confirm"] button').click()
  await page.waitForURL(`${at.nordwind}/signed-out`)

  await page.goto(`${at.suedstern}/sign-in`)
  await page.waitForURL(/\/sign-in\?/)
  await signInOn(page)
  await page.waitForURL(`${at.suedstern}/`)
  assert.deepEqual(violations, [])
  await context.close()
})

test('two portals opened in two tabs both open after a sign-in in each tab', async () => {
  const { context, violations } = await newBrowser()
  const [left, right] = [await context.newPage(), await context.newPage()]
  await Promise.all([left.goto(`${at.nordwind}/sign-in`), right.goto(`${at.suedstern}/sign-in`)])
  await signInOn(left)
  await left.waitForURL(`${at.nordwind}/`)
  await signInOn(right)
  await right.waitForURL(`${at.suedstern}/`)
  for (const page of [left, right]) {
    await page.reload()
    assert.match(await page.innerText('h1'), /Anna/)
  }
  const together = [await context.newPage(), await context.newPage()]
  const ids = ['nordwind', 'suedstern'] as const
  await Promise.all(together.map((page, index) => page.goto(`${at[ids[index] as string]}/sign-in`)))
  for (const [index, page] of together.entries()) assert.equal(page.url(), `${at[ids[index] as string]}/`)
  assert.deepEqual(violations, [])
  await context.close()
})

test('OP-5: no other site can frame our pages', async () => {
  const { context, violations } = await newBrowser()
  const page = await context.newPage()
  await page.goto(String(at.other))
  const frame = page.frames()[1]
  assert.ok(frame)
  assert.equal(await frame.locator('input[name=password]').count(), 0)
  assert.match(violations.join(), /frame-ancestors/)
  await context.close()
})

test('a portal can receive its answer with `form_post`', async () => {
  const { context, violations } = await newBrowser()
  const callback = `${at.other}/callback`
  const portal = await addPortal(app, 'formular', { redirectUris: [callback] })
  const page = await context.newPage()
  const { url } = await begin({ ...portal, redirectUri: callback }, { response_mode: 'form_post' })
  const posted = page.waitForRequest((request) => request.method() === 'POST' && request.url() === callback)
  await page.goto(url)
  await signInOn(page)
  const fields = new URLSearchParams((await posted).postData() ?? '')
  assert.ok(fields.get('code') && fields.get('state'))
  await page.waitForURL(callback)
  assert.deepEqual(violations, [])
  await context.close()
})
