import assert from 'node:assert/strict'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { after, before, beforeEach, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { grantOperator } from '#features/administration/index.ts'
import { day, hour, minute } from '#kernel/duration.ts'
import { type AccountId, newId } from '#kernel/id.ts'
import { systemRandom } from '#kernel/random.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { type Engine, onEachEngine } from '../support/engines.ts'
import { post, problemOn } from '../support/pages.ts'
import { goodPassword, signUp, subjectsTo, whoIs } from '../support/people.ts'

type Route = { readonly method: string; readonly url: string }

/** Starts the app and collects all its routes. */
async function startAppWithRoutes(engine: Engine): Promise<{ app: TestApp; routes: readonly Route[] }> {
  const routes: Route[] = []
  const onInitialization = (message: unknown) => {
    const { fastify } = message as { fastify: FastifyInstance }
    fastify.addHook('onRoute', ({ method, url }) => {
      for (const each of [method].flat()) routes.push({ method: each, url })
    })
  }
  subscribe('fastify.initialization', onInitialization)
  const app = await startApp({ engine })
  unsubscribe('fastify.initialization', onInitialization)
  return { app, routes }
}

onEachEngine((engine) => {
  let app: TestApp
  let consoleRoutes: readonly Route[]
  let people = 0

  before(async () => {
    const started = await startAppWithRoutes(engine)
    app = started.app
    consoleRoutes = started.routes.filter(({ url }) => /^\/(admin|api\/admin)(\/|$)/.test(url))
    const settings = { scopes: [], trust: { kind: 'never' } } as const
    await app.database.inTransaction(({ providers }) =>
      providers.insert({
        ...{ id: 'x', kind: 'oidc', name: 'X', logo: 'x', issuer: 'https://x.example', settings },
        ...{ clientId: 'x', clientSecret: '', enabled: true, createdAt: 1, secretExpiresAt: null },
      }),
    )
  })
  beforeEach(() => app.clock.advance(hour))
  after(() => app.close())

  const person = async () => {
    const browser = app.browser()
    people += 1
    const email = `person${people}@example.org`
    await signUp(app, browser, email)
    const subject = (await whoIs(app, browser))?.subject as AccountId
    return { browser, email, subject }
  }
  const operator = async () => {
    const account = await person()
    const { clock, random, secrets, database } = app.foundation
    const deps = { clock, random, secrets, inTransaction: database.inTransaction }
    await grantOperator({ ...deps, publicUrl: app.url, wake: () => {} }, account.subject)
    return account
  }
  type Person = Awaited<ReturnType<typeof person>>
  const eventsOf = async ({ subject }: Person) => {
    const entries = await app.database.read.audit.listOfAccount(subject, 50)
    return entries.map(({ event }) => event)
  }
  const visit = async ({ browser }: Pick<Person, 'browser'>, { method, url }: Route) => {
    const address = url.replace(':id', 'x')
    if (method !== 'POST') return browser.open(app.url + address)
    // With a valid form token, taken from another page.
    return post(browser, await browser.open(`${app.url}/sign-out`), address, { state: 'off', for: '1h' })
  }

  test('ADM-1: this test knows every route of the console', () => {
    const known = consoleRoutes.filter(({ method }) => method !== 'HEAD').map(({ method, url }) => `${method} ${url}`)
    assert.ok(known.includes('GET /admin') && known.includes('POST /admin/networks/:id/override'), known.join())
    for (const { method } of consoleRoutes) assert.match(method, /^(GET|HEAD|POST)$/)
  })

  test('ADM-1: every route of the console redirects anonymous visitors to the sign-in page', async () => {
    for (const route of consoleRoutes) {
      const page = await visit({ browser: app.browser() }, route)
      assert.equal(page.url.pathname, '/sign-in', `${route.method} ${route.url}`)
      assert.match(page.url.searchParams.get('continue') ?? '', /^\/admin/)
    }
  })

  test('ADM-1: every route of the console refuses a signed-in person who is not an operator, and audits it', async () => {
    const anna = await person()
    for (const route of consoleRoutes) {
      const page = await visit(anna, route)
      assert.equal(page.status, 403, `${route.method} ${route.url}`)
      assert.equal(problemOn(page), 'forbidden')
    }
    const refused = (await eventsOf(anna)).filter((event) => event === 'operator.refused')
    assert.ok(refused.length >= consoleRoutes.length / 2)
    assert.deepEqual(await app.database.read.overrides.list(0), [])
    await visit(anna, { method: 'GET', url: '/admin/networks' })
    const again = (await eventsOf(anna)).filter((event) => event === 'operator.refused')
    assert.equal(again.length, refused.length, 'loading a page again fills no table')
  })

  test('ADM-1: an operator may use every route of the console', async () => {
    const anna = await operator()
    for (const route of consoleRoutes) {
      const page = await visit(anna, route)
      assert.equal(page.status, 200, `${route.method} ${route.url}: ${page.body}`)
      assert.match(page.url.pathname, /^\/admin\/(networks|attempts)/)
    }
    assert.ok((await subjectsTo(app, anna.email)).includes('Sie dürfen jetzt die Verwaltung öffnen'))
  })

  test('ADM-1: no form of the console can grant operator access', async () => {
    const anna = await person()
    for (const route of consoleRoutes.filter(({ method }) => method === 'POST')) {
      const page = await anna.browser.open(`${app.url}/sign-out`)
      const fields = { operator: '1', account_id: anna.subject, state: 'off', for: '1h' }
      await post(anna.browser, page, route.url.replace(':id', anna.subject), fields)
    }
    assert.equal(await app.database.read.operators.find(anna.subject), undefined)
  })

  test('ADM-1: a disabled or revoked operator loses access at once', async () => {
    const [disabled, revoked] = [await operator(), await operator()]
    const page = await disabled.browser.open(`${app.url}/admin/networks`)
    assert.equal(page.status, 200)
    // Only sets the row: even a leftover session must not give access.
    await app.database.inTransaction(({ accounts }) => accounts.disable(disabled.subject, 1))
    assert.equal((await visit(disabled, { method: 'GET', url: '/admin/networks' })).url.pathname, '/sign-in')
    await app.database.inTransaction(({ operators }) => operators.delete(revoked.subject))
    assert.equal((await visit(revoked, { method: 'GET', url: '/admin/networks' })).status, 403)
  })

  test('the console requires a new proof after an hour of inactivity, and after a day in any case', async () => {
    const anna = await operator()
    const look = () => anna.browser.open(`${app.url}/admin/networks`)
    app.clock.advance(50 * minute)
    assert.equal((await look()).status, 200)
    app.clock.advance(50 * minute)
    assert.equal((await look()).url.pathname, '/admin/networks', 'a visit keeps it open')
    app.clock.advance(hour)
    const asked = await look()
    assert.equal(asked.url.pathname, '/profile/confirm')
    assert.equal((await look()).url.pathname, '/profile/confirm', 'loading it again does not help')
    const form = asked.forms.find(({ fields }) => 'password' in fields)
    const proved = await anna.browser.submit(asked, form, { password: goodPassword })
    assert.equal(proved.url.pathname, '/admin/networks')
    for (let visits = 0; visits * 50 * minute < day; visits += 1) {
      app.clock.advance(50 * minute)
      await look()
    }
    assert.equal((await look()).url.pathname, '/profile/confirm')
  })

  test('ADM-3: a change requires a proof younger than ten minutes', async () => {
    const anna = await operator()
    app.clock.advance(11 * minute)
    const page = await anna.browser.open(`${app.url}/admin/networks/x`)
    assert.equal(page.status, 200)
    const asked = await post(anna.browser, page, '/admin/networks/x/override', { state: 'off', for: '1h' })
    assert.equal(asked.url.pathname, '/profile/confirm')
    assert.equal(asked.url.searchParams.get('continue'), '/admin/networks/x')
    const inForce = await app.database.read.overrides.list(app.clock.now())
    assert.equal(
      inForce.find(({ setBy }) => setBy === anna.subject),
      undefined,
    )
  })

  test('SES-5: a change without a form token is refused', async () => {
    const anna = await operator()
    const page = await anna.browser.open(`${app.url}/admin/networks/x`)
    const fields = { csrf: '', state: 'off', for: '1w' }
    const refused = await post(anna.browser, page, '/admin/networks/x/override', fields)
    assert.equal(refused.status, 403)
  })

  test('an override applies until it expires, and is audited with the operator', async () => {
    const anna = await operator()
    const page = await anna.browser.open(`${app.url}/admin/networks/x`)
    const form = page.forms.find(({ fields }) => fields.state === 'off')
    const set = await anna.browser.submit(page, form, { for: '4h' })
    assert.match(set.body, /Das gilt von jetzt an/)
    assert.match(set.body, /abgeschaltet/)
    const [override] = await app.database.read.overrides.list(app.clock.now())
    assert.equal(override?.setBy, anna.subject)
    assert.equal(override?.until, override && override.setAt + 4 * hour)
    const ended = await anna.browser.submit(
      set,
      set.forms.find(({ action }) => action.endsWith('/override/end')),
    )
    assert.match(ended.body, /Von jetzt an zählt wieder/)
    assert.deepEqual(await app.database.read.overrides.list(app.clock.now()), [])
    const events = await eventsOf(anna)
    assert.deepEqual(events.slice(0, 2), ['network.override-ended', 'network.override-set'])
  })

  test('invalid choices are refused, and unknown networks are not found', async () => {
    const anna = await operator()
    const page = await anna.browser.open(`${app.url}/admin/networks/x`)
    const tries: readonly (readonly [string, Record<string, string>, number])[] = [
      ['x', { state: 'down', for: '1h' }, 400],
      ['x', { state: 'off', for: 'constructor' }, 400],
      ['x', { state: 'off' }, 400],
      ['nowhere', { state: 'off', for: '1h' }, 404],
    ]
    for (const [id, fields, status] of tries) {
      const answer = await post(anna.browser, page, `/admin/networks/${id}/override`, fields)
      assert.equal(answer.status, status)
    }
    assert.equal((await anna.browser.open(`${app.url}/admin/networks/nowhere`)).status, 404)
  })

  test('the link to the console is only shown to operators', async () => {
    const link = 'href="/admin"'
    const profileOf = async ({ browser }: { browser: ReturnType<TestApp['browser']> }) =>
      (await browser.open(`${app.url}/profile`)).body
    assert.ok((await profileOf(await operator())).includes(link))
    assert.ok(!(await profileOf(await person())).includes(link))
  })

  test('a reference leads to its attempt, and an unknown one explains how long attempts are kept', async () => {
    const anna = await operator()
    const now = app.clock.now()
    const seen = { providerId: 'x', clientNetwork: '192.0.2.0/24', reference: 'K7QF-3M2P' }
    await app.database.inTransaction(({ observations }) =>
      observations.insertAll([
        { ...seen, id: newId(systemRandom), at: now, step: 'start', outcome: 'good', reason: null, milliseconds: 80 },
        {
          ...{ ...seen, id: newId(systemRandom), at: now + 1, step: 'return', outcome: 'failed' },
          ...{ reason: 'not-returned', milliseconds: null },
        },
      ]),
    )
    const found = await anna.browser.open(`${app.url}/admin/attempts?reference=k7qf3m2p`)
    assert.equal(found.status, 200)
    assert.match(found.body, /Versuch K7QF-3M2P/)
    assert.match(found.body, /nicht zurückgekommen/)
    assert.match(found.body, /192\.0\.2\.0\/24/)
    const unknown = await anna.browser.open(`${app.url}/admin/attempts?reference=AAAA-AAAA`)
    assert.equal(unknown.status, 404)
    assert.match(unknown.body, /acht Tage/)
    const malformed = await anna.browser.open(`${app.url}/admin/attempts?reference=%25%22%27`)
    assert.equal(malformed.status, 400)
  })
})
