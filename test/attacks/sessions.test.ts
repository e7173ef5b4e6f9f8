import assert from 'node:assert/strict'
import type { AccountId } from '#kernel/id.ts'
import { disable, type TestApp } from '../support/app.ts'
import { formTo } from '../support/pages.ts'
import { askForLink, goodPassword, setPassword, signIn, signInOn, whoIs } from '../support/people.ts'
import { assertDead, begin, codeIn, open, portalOrigin } from '../support/relying-party.ts'
import { inWorlds, type SignedInPerson } from '../support/world.ts'

const sessionCookie = 'einlass-session'
const knownCookie = 'einlass-known'

/** Plants a cookie that we did not issue. */
function plant(browser: SignedInPerson['browser'], name: string, value: string): void {
  ;(browser.cookies as Map<string, string>).set(name, value)
}

/** The session check with only a cookie value. */
async function isAlive(app: TestApp, token: string | undefined): Promise<boolean> {
  const answer = await fetch(`${app.url}/api/session`, { headers: { cookie: `${sessionCookie}=${token}` } })
  return answer.status === 200
}

async function stepUp(app: TestApp, { browser }: SignedInPerson) {
  const page = await browser.open(`${app.url}/profile/confirm`)
  return browser.submit(
    page,
    page.forms.find(({ fields }) => 'password' in fields),
    { password: goodPassword },
  )
}

inWorlds((attack) => {
  attack('SES-1: a sign-in does not reuse any planted cookie', async ({ app, person }) => {
    const { email, subject } = await person()
    const browser = app.browser()
    plant(browser, sessionCookie, 'chosen-by-somebody')
    plant(browser, knownCookie, 'chosen-by-somebody')
    plant(browser, 'einlass-engine', 'chosen-by-somebody')
    await signIn(app, browser, email)
    assert.equal((await whoIs(app, browser))?.subject, subject)
    for (const name of [sessionCookie, knownCookie]) assert.notEqual(browser.cookies.get(name), 'chosen-by-somebody')
    assert.equal(await isAlive(app, 'chosen-by-somebody'), false)
    const planted = app.foundation.secrets.hash('known-browser', 'chosen-by-somebody')
    assert.deepEqual(await app.database.read.knownBrowsers.list(planted, app.clock.now()), [])
  })

  attack('SES-1: a browser keeps the known-browser token that we issued', async ({ app, person }) => {
    const { browser, email } = await person()
    const mark = browser.cookies.get(knownCookie)
    await signIn(app, browser, email)
    assert.equal(browser.cookies.get(knownCookie), mark)
  })

  attack('SES-1: every proof gives the session a new token, and the old one becomes invalid', async (world) => {
    const { app, person } = world
    const anna = await person()
    const tokens = [anna.browser.cookies.get(sessionCookie)]
    await signIn(app, anna.browser, anna.email)
    tokens.push(anna.browser.cookies.get(sessionCookie))
    await stepUp(app, anna)
    tokens.push(anna.browser.cookies.get(sessionCookie))
    assert.equal(new Set(tokens).size, 3)
    assert.deepEqual(await Promise.all(tokens.map((token) => isAlive(app, token))), [false, false, true])
  })

  attack('SES-1: a flow started in the attacker’s browser cannot be completed in the victim’s', async (world) => {
    const { app, nordwind, person } = world
    const victim = await person()
    const attacker = app.browser(portalOrigin)
    const started = await begin(nordwind)
    const page = await attacker.open(started.url)
    const path = page.url.searchParams.get('continue') as string
    assert.match(path, /^\/interaction\//)
    const uid = path.slice('/interaction/'.length)

    for (const browser of [victim.browser, app.browser(portalOrigin)]) {
      const opened = await browser.open(app.url + path)
      if (opened.url.pathname === '/sign-in') await signInOn(browser, opened, victim.email)
      const resumed = await browser.open(`${app.url}/oidc/authorize/${uid}`)
      assert.equal(resumed.status, 400)
      assert.match(resumed.body, /class="reference"/)
    }
    // The attacker's browser still has to sign in, and gets nothing from the victim.
    assert.equal((await attacker.open(app.url + path)).url.pathname, '/sign-in')
    const resumed = await attacker.open(`${app.url}/oidc/authorize/${uid}`)
    assert.equal(resumed.headers.get('location'), null)
    assert.equal(await whoIs(app, attacker), undefined)
  })

  attack('SES-1: cookies of the engine are useless without the session that they belong to', async (world) => {
    const { app, nordwind, person } = world
    const victim = await person()
    await open(victim.browser, nordwind)
    const thief = app.browser(portalOrigin)
    for (const [name, value] of victim.browser.cookies) if (name.startsWith('einlass-engine')) plant(thief, name, value)
    assert.equal((await thief.open((await begin(nordwind)).url)).url.pathname, '/sign-in')

    const other = await person()
    for (const [name, value] of victim.browser.cookies) {
      if (name.startsWith('einlass-engine')) plant(other.browser, name, value)
    }
    assert.equal((await open(other.browser, nordwind)).claims()?.sub, other.subject)
  })

  attack('SES-2: after the sign-out nothing of the session works in any tab', async ({ app, nordwind, person }) => {
    const { browser } = await person()
    const token = browser.cookies.get(sessionCookie)
    const tokens = await open(browser, nordwind)
    const secondTab = await browser.open(`${app.url}/profile`)
    assert.match(secondTab.headers.get('cache-control') ?? '', /no-store/)
    const before = new Map(browser.cookies)
    const page = await browser.open(`${app.url}/sign-out`)
    const form = formTo(page, '/sign-out')
    const cookie = [...before].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(`${app.url}/sign-out`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie, 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams(form?.fields),
    })
    assert.equal(answer.status, 303)
    assert.equal(answer.headers.get('clear-site-data'), '"cache"')
    const gone = answer.headers.getSetCookie().filter((line) => /Max-Age=0|1970/.test(line))
    assert.deepEqual(gone.map((line) => line.split('=')[0]).sort(), ['einlass-browser', sessionCookie])

    assert.equal(await isAlive(app, token), false)
    await assertDead(app, nordwind, tokens)
    assert.equal((await browser.open(`${app.url}/profile`)).url.pathname, '/sign-in')
    assert.equal((await browser.open(`${app.url}/portals`)).url.pathname, '/sign-in')
    for (const each of secondTab.forms.filter(({ action }) => action.startsWith('/profile'))) {
      const sent = await browser.submit(secondTab, each)
      assert.ok(sent.status === 403 || sent.url.pathname === '/sign-in', `${each.action}: ${sent.status}`)
    }
  })

  attack('SES-3: a new password ends every session, token and known browser', async ({ app, nordwind, person }) => {
    const { browser, email, subject } = await person()
    const elsewhere = app.browser(portalOrigin)
    await signIn(app, elsewhere, email)
    const tokens = await open(elsewhere, nordwind, { scope: 'openid offline_access', prompt: 'consent' })
    const started = await begin(nordwind)
    const code = codeIn(await elsewhere.open(started.url))
    assert.ok(code)
    await setPassword(app.browser(), await askForLink(app, app.browser(), '/recover', email))
    await everythingEnded(app, [browser, elsewhere], subject)
    await assertDead(app, nordwind, tokens)
  })

  attack('SES-3: disabling an account ends every session, token and known browser', async (world) => {
    const { app, nordwind, person } = world
    const { browser, email, subject } = await person()
    const elsewhere = app.browser(portalOrigin)
    await signIn(app, elsewhere, email)
    const tokens = await open(elsewhere, nordwind, { scope: 'openid offline_access', prompt: 'consent' })
    await disable(app, subject)
    await everythingEnded(app, [browser, elsewhere], subject)
    await assertDead(app, nordwind, tokens)
    assert.equal((await signIn(app, browser, email)).status, 401)
    assert.equal(await whoIs(app, browser), undefined)
  })

  attack('SES-3: ending one or all sessions in the profile ends everything that depends on them', async (world) => {
    const { app, nordwind, person } = world
    const { browser, email } = await person()
    const elsewhere = app.browser(portalOrigin)
    await signIn(app, elsewhere, email)
    const theirs = await open(elsewhere, nordwind)
    const profile = await browser.open(`${app.url}/profile`)
    const ends = profile.forms.filter(({ action }) => /^\/profile\/sessions\/[\w-]+\/end$/.test(action))
    assert.ok(ends.length > 0, profile.body)
    for (const form of ends) await browser.submit(profile, form)
    assert.equal(await whoIs(app, elsewhere), undefined)
    await assertDead(app, nordwind, theirs)

    const mine = await open(browser, nordwind)
    await browser.submit(profile, formTo(profile, '/profile/sessions/end-all'))
    assert.equal(await whoIs(app, browser), undefined)
    await assertDead(app, nordwind, mine)
  })

  attack('SES-3: nobody can end the session of another account', async ({ app, person }) => {
    const anna = await person()
    const ben = await person()
    const session = await app.database.read.sessions.listOfAccount(anna.subject as AccountId, app.clock.now())
    const profile = await ben.browser.open(`${app.url}/profile`)
    const form = formTo(profile, '/profile/sessions/end-all')
    assert.ok(form)
    await ben.browser.submit(profile, { ...form, action: `/profile/sessions/${session[0]?.id}/end` })
    assert.ok(await whoIs(app, anna.browser))
  })
})

async function everythingEnded(app: TestApp, browsers: readonly SignedInPerson['browser'][], subject: string) {
  const accountId = subject as AccountId
  for (const browser of browsers) {
    assert.equal(await whoIs(app, browser), undefined)
    const mark = app.foundation.secrets.hash('known-browser', browser.cookies.get(knownCookie) ?? '')
    assert.deepEqual(await app.database.read.knownBrowsers.list(mark, app.clock.now()), [])
  }
  assert.deepEqual(await app.database.read.sessions.listOfAccount(accountId, app.clock.now()), [])
}
