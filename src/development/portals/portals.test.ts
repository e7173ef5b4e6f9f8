import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createScriptFreeBrowser, type ScriptFreeBrowser, type ShownPage } from '#test/support/browser.ts'
import { type RunningPortals, startPortals } from './start-portals.ts'
import { type Issuer, listenAsIssuer } from './testing/issuer.ts'

const definitions = [
  { id: 'nordwind', name: 'Nordwind', port: 0, clientId: 'client-n', clientSecret: 'secret n', colour: '#1d4e89' },
  { id: 'suedstern', name: 'Südstern', port: 0, clientId: 'client-s', clientSecret: 'secret s', colour: '#9a3412' },
] as const

let issuer: Issuer
let portals: RunningPortals
const address = (id: (typeof definitions)[number]['id'], path = '/') => portals.urls[id] + path

before(async () => {
  issuer = await listenAsIssuer()
  portals = await startPortals({ issuer: issuer.url, portals: definitions })
})
after(async () => {
  await portals.close()
  await issuer.close()
})

const formWith = (page: ShownPage, text: string) => page.forms.find((form) => form.text === text)

async function signOutEverywhere(browser: ScriptFreeBrowser, home: ShownPage): Promise<ShownPage> {
  const question = await browser.submit(home, formWith(home, 'Überall abmelden'))
  return browser.submit(question, question.forms[0])
}

test('a portal reports that Einlass is down, and recovers without a restart', async () => {
  const browser = createScriptFreeBrowser()
  const page = await browser.open(address('nordwind', '/sign-in'))
  assert.equal(page.status, 503)
  assert.match(page.body, /Einlass antwortet nicht/)
  assert.match(page.body, /href="\/sign-in"/)

  await issuer.open(definitions.map((definition) => ({ ...definition, url: address(definition.id, '') })))
  const home = await browser.open(address('nordwind', '/sign-in'))
  assert.equal(home.url.href, address('nordwind'))
  assert.match(home.body, /Guten Tag, Anna &lt;Lindner&gt;/)
})

test('the home page offers to sign in, in the visitor’s language', async () => {
  const german = await createScriptFreeBrowser().open(address('suedstern'))
  assert.match(german.body, /href="\/sign-in">Anmelden</)
  assert.match(german.body, /#9a3412/)
  const english = await createScriptFreeBrowser('', 'en').open(address('suedstern'))
  assert.match(english.body, /href="\/sign-in">Sign in</)
})

test('after a sign-in, the home page shows the claims', async () => {
  const browser = createScriptFreeBrowser()
  const home = await browser.open(address('nordwind', '/sign-in'))
  for (const told of ['Anna &lt;Lindner&gt;', 'anna@example.org', 'p-1', 'pwd, otp', '<time datetime="20']) {
    assert.ok(home.body.includes(told), told)
  }
  assert.ok(browser.cookies.has('nordwind_session'))
})

test('the authorization request has PKCE, state, nonce and the visitor’s language', async () => {
  const page = await createScriptFreeBrowser(issuer.url, 'en').open(address('nordwind', '/sign-in'))
  const parameters = new URL(page.headers.get('location') ?? '').searchParams
  assert.equal(parameters.get('code_challenge_method'), 'S256')
  assert.equal(parameters.get('ui_locales'), 'en')
  assert.ok(parameters.get('state') && parameters.get('nonce'))
})

test('signing out of one portal does not affect Einlass or the other portal', async () => {
  const browser = createScriptFreeBrowser()
  const home = await browser.open(address('nordwind', '/sign-in'))
  await browser.open(address('suedstern', '/sign-in'))
  const out = await browser.submit(home, formWith(home, 'Nur hier abmelden'))
  assert.match(out.body, /href="\/sign-in">Anmelden</)
  assert.match((await browser.open(address('suedstern'))).body, /Guten Tag/)
  assert.ok(browser.cookies.has('issuer_session'))
})

test('signing out everywhere ends the session of the other portal through the back channel', async () => {
  const browser = createScriptFreeBrowser()
  const otherPerson = createScriptFreeBrowser()
  await otherPerson.open(address('suedstern', '/sign-in'))
  const home = await browser.open(address('nordwind', '/sign-in'))
  await browser.open(address('suedstern', '/sign-in'))
  const out = await signOutEverywhere(browser, home)
  assert.equal(out.url.href, address('nordwind', '/signed-out'))
  assert.match(out.body, /in allen Portalen abgemeldet/)
  assert.match((await browser.open(address('nordwind'))).body, />Anmelden</)
  assert.match((await browser.open(address('suedstern'))).body, />Anmelden</)
  assert.match((await otherPerson.open(address('suedstern'))).body, /Guten Tag/)
})

test('a refusal is shown with its reason and a link to try again', async () => {
  issuer.refuses = true
  const page = await createScriptFreeBrowser().open(address('nordwind', '/sign-in'))
  issuer.refuses = false
  assert.equal(page.status, 400)
  assert.match(page.body, /access_denied: the person said no/)
  assert.match(page.body, /href="\/sign-in"/)
})

test('FED-5: a response to the sign-in of another browser is rejected', async () => {
  const attacker = createScriptFreeBrowser(address('nordwind', '/callback'))
  const left = await attacker.open(address('nordwind', '/sign-in'))
  const victim = createScriptFreeBrowser()
  const page = await victim.open(left.headers.get('location') ?? '')
  assert.equal(page.status, 400)
  assert.equal(victim.cookies.has('nordwind_session'), false)
})

test('an unexpected response counts as expired, and does not affect an existing session', async () => {
  const browser = createScriptFreeBrowser()
  const stale = address('nordwind', '/callback?code=x&state=y')
  assert.equal((await browser.open(stale)).status, 400)
  await browser.open(address('nordwind', '/sign-in'))
  assert.match((await browser.open(stale)).body, /Guten Tag/)
})

test('another site can neither sign a person out nor end sessions with a made-up token', async () => {
  const signOut = await fetch(address('nordwind', '/sign-out'), {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-site' },
  })
  assert.equal(signOut.status, 403)
  const body = new URLSearchParams({ logout_token: 'eyJhbGciOiJub25lIn0.e30.' })
  assert.equal((await fetch(address('nordwind', '/backchannel-logout'), { method: 'POST', body })).status, 400)
})
