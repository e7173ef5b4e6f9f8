import assert from 'node:assert/strict'
import type { TestApp } from '../support/app.ts'
import { formTo } from '../support/pages.ts'
import { goodPassword, newestLink } from '../support/people.ts'
import { addPortal, begin, open, portalOrigin } from '../support/relying-party.ts'
import { inWorlds, type SignedInPerson, type World } from '../support/world.ts'

type Visit = {
  readonly path: string
  readonly status: number
  readonly init?: RequestInit
  /** Foreign origins that the page's forms lead to. */
  readonly formsLeadTo?: readonly string[]
}

const cookieOf = ({ cookies }: SignedInPerson['browser']) =>
  [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')

/** Requests that are answered with a page, successful and refused, with and without a session. */
async function visits(world: World): Promise<readonly Visit[]> {
  const { app, nordwind } = world
  const authorize = async (more: Record<string, string | undefined>) =>
    (await begin(nordwind, more)).url.replace(app.url, '')
  return [
    ...['/sign-in', '/sign-up', '/recover', '/sign-out', '/help/sign-in', '/sign-up/sent', '/recover/sent'].map(
      (path) => ({
        path,
        status: 200,
        formsLeadTo: networksOn(path, world),
      }),
    ),
    { path: '/recover/done', status: 200 },
    { path: '/recover/password', status: 410 },
    { path: '/sign-up/complete', status: 410 },
    { path: '/nowhere', status: 404 },
    { path: '/profile/x.css', status: 404 },
    { path: '/portals.css', status: 404 },
    { path: '/language', status: 403, init: { method: 'POST', body: new URLSearchParams() } },
    { path: '/sign-in', status: 400, init: { method: 'POST', body: new URLSearchParams('a=1&a=2') } },
    { path: '/sign-in', status: 413, init: { method: 'POST', body: new URLSearchParams({ a: 'x'.repeat(40_000) }) } },
    {
      path: '/sign-in',
      status: 415,
      init: { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } },
    },
    { path: '/oidc/nowhere', status: 404 },
    { path: '/oidc/token', status: 404 },
    { path: '/oidc/sign-out/confirm', status: 404 },
    { path: '/oidc/sign-out/confirm', status: 400, init: { method: 'POST', body: new URLSearchParams({ xsrf: 'x' }) } },
    { path: '/oidc/sign-out?id_token_hint=x', status: 400 },
    { path: '/oidc/authorize', status: 400 },
    { path: '/oidc/authorize/x', status: 400 },
    { path: await authorize({ redirect_uri: 'https://evil.example' }), status: 400 },
    {
      path: await authorize({ prompt: 'none', response_mode: 'form_post', max_age: '0' }),
      status: 400,
      formsLeadTo: [portalOrigin],
    },
  ]
}

async function open1(app: TestApp, { path, init = {} }: Visit, cookie: string): Promise<Response> {
  const headers = { accept: 'text/html', cookie, 'sec-fetch-site': 'same-origin', ...init.headers }
  return fetch(app.url + path, { redirect: 'manual', ...init, headers })
}

function directives(answer: Response): ReadonlyMap<string, readonly string[]> {
  const policy = answer.headers.get('content-security-policy') ?? ''
  return new Map(
    policy
      .split(';')
      .map((each) => each.trim().split(/\s+/))
      .map(([name = '', ...values]) => [name, values]),
  )
}

function assertFramedByNobody(answer: Response, why: string): void {
  assert.deepEqual(directives(answer).get('frame-ancestors'), ["'none'"], why)
  assert.equal(answer.headers.get('cross-origin-opener-policy'), 'same-origin', why)
  assert.equal(answer.headers.get('x-content-type-options'), 'nosniff', why)
  assert.equal(answer.headers.get('referrer-policy'), 'same-origin', why)
}

/** @param formsLeadTo foreign origins */
function assertStrictPolicy(answer: Response, formsLeadTo: readonly string[], why: string): void {
  const policy = directives(answer)
  const sources = [...policy.values()].flat()
  for (const loose of ["'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", '*', 'data:*', 'http:']) {
    assert.ok(!sources.includes(loose), `${why} allows ${loose}`)
  }
  assert.deepEqual(policy.get('default-src'), ["'none'"], why)
  assert.equal(policy.has('object-src'), false, 'default-src says it')
  assert.deepEqual(policy.get('base-uri'), ["'none'"], why)
  assert.deepEqual(policy.get('form-action'), ["'self'", ...formsLeadTo], why)
}

/** Origins that forms lead to on pages that offer networks. */
function networksOn(page: string, { networks }: World): readonly string[] {
  const offering = ['/sign-in', '/sign-up', '/help/sign-in', '/profile', '/profile/confirm']
  return offering.includes(page.replace(/\?.*/, '')) ? Object.values(networks.running.urls) : []
}

function assertPersonal(answer: Response, why: string): void {
  assert.equal(answer.headers.get('cache-control'), 'no-store, private', why)
  const vary = answer.headers.get('vary') ?? ''
  for (const name of ['cookie', 'accept-language', 'accept-encoding']) assert.ok(vary.includes(name), `${why}: ${vary}`)
}

inWorlds(
  (attack) => {
    attack(
      'OP-5, SES-6, SES-7: every page, including refusals, has a strict policy, no framing and no caching',
      async (world) => {
        const { app, person } = world
        const { browser } = await person()
        for (const visit of await visits(world)) {
          for (const cookie of ['', cookieOf(browser)]) {
            const answer = await open1(app, visit, cookie)
            const body = await answer.text()
            const why = `${visit.init?.method ?? 'GET'} ${visit.path.slice(0, 60)}`
            if (visit.status < 400 && answer.status === 303) continue
            assert.equal(answer.status, visit.status, `${why}: ${body.slice(0, 200)}`)
            assert.match(answer.headers.get('content-type') ?? '', /^text\/html; charset=utf-8/i, why)
            assertFramedByNobody(answer, why)
            assertStrictPolicy(answer, visit.formsLeadTo ?? [], why)
            assertPersonal(answer, why)
            assert.doesNotMatch(body, /\bat .*\.(ts|js|mjs):\d+/, `${why} shows a stack`)
            assert.doesNotMatch(body, / on[a-z]+="| style="|<base|javascript:/, why)
          }
        }
      },
    )

    attack('OP-5, SES-6, SES-7: so has every personal page', async (world) => {
      const { app, nordwind, person } = world
      const { browser, email } = await person()
      await open(browser, nordwind)
      const paths = ['/profile', '/profile/confirm', '/portals', '/sign-out', '/oidc/sign-out', '/sign-in?again=1']
      for (const path of paths) {
        const answer = await open1(app, { path, status: 200 }, cookieOf(browser))
        assert.equal(answer.status, 200, path)
        assertFramedByNobody(answer, path)
        assertStrictPolicy(answer, networksOn(path, world), path)
        assertPersonal(answer, path)
      }
      const check = await open1(app, { path: '/api/session', status: 200 }, cookieOf(browser))
      assert.equal(check.headers.get('cache-control'), 'no-store, private')
      assert.ok((await check.text()).includes(email))
      for (const cookie of ['', cookieOf(browser)]) {
        for (const path of [
          '/profile/x.css',
          '/profile.css',
          '/profile%2Fx.css',
          '/profile;x.css',
          '/profile/',
          '/api/session.css',
        ]) {
          const answer = await open1(app, { path, status: 404 }, cookie)
          assert.equal(answer.status, 404, path)
          assert.ok(!(await answer.text()).includes(email), path)
        }
      }
    })

    attack('SES-6: form-action allows us and, on the way to a portal, that portal', async (world) => {
      const { app, networks, nordwind, person, setProvider } = world
      const { browser } = await person()
      const atNetworks = Object.values(networks.running.urls)
      const formAction = async (url: string, cookie = '') =>
        directives(await open1(app, { path: url.replace(app.url, ''), status: 200 }, cookie)).get('form-action')
      for (const path of ['/recover', '/sign-out', '/nowhere']) {
        assert.deepEqual(await formAction(path), ["'self'"], path)
      }
      for (const path of ['/sign-in', '/sign-up', '/sign-in?continue=/interaction/made-up']) {
        assert.deepEqual(await formAction(path), ["'self'", ...atNetworks], path)
      }
      const restore = await Promise.all(
        (['sim-google', 'sim-x'] as const).map((id) => setProvider(id, { enabled: false })),
      )
      for (const path of ['/sign-in', '/sign-up', '/sign-in?continue=/interaction/made-up']) {
        assert.deepEqual(await formAction(path), ["'self'"], `${path} without networks`)
      }
      for (const back of restore) await back()
      const stranger = app.browser(portalOrigin)
      const page = await stranger.open((await begin(nordwind)).url)
      assert.deepEqual(await formAction(page.url.href, cookieOf(stranger)), ["'self'", portalOrigin, ...atNetworks])
      const spread = await addPortal(app, 'spread', { startUri: 'https://start.example/here' })
      const asked = await app.browser(portalOrigin).open((await begin(spread)).url)
      assert.deepEqual(await formAction(asked.url.href), [
        "'self'",
        portalOrigin,
        'https://start.example',
        ...atNetworks,
      ])

      const hint = String((await open(browser, nordwind)).id_token)
      const query = new URLSearchParams({ id_token_hint: hint, post_logout_redirect_uri: nordwind.signedOutUri })
      assert.deepEqual(await formAction(`/oidc/sign-out?${query}`, cookieOf(browser)), ["'self'", portalOrigin])
      assert.deepEqual(await formAction('/oidc/sign-out', cookieOf(browser)), ["'self'"])

      const posted = await begin(nordwind, { response_mode: 'form_post' })
      const answer = await open1(app, { path: posted.url.replace(app.url, ''), status: 200 }, cookieOf(browser))
      assertStrictPolicy(answer, [portalOrigin], 'form_post')
      assertFramedByNobody(answer, 'form_post')
      assert.match(await answer.text(), /name="code"/)
    })

    attack('SES-7: responses that set a cookie are not cached', async ({ app, person }) => {
      const { email } = await person()
      const browser = app.browser()
      const page = await browser.open(`${app.url}/sign-in`)
      const fields = { ...formTo(page, '/sign-in')?.fields, identifier: email, password: goodPassword }
      const signedIn = await open1(
        app,
        { path: '/sign-in', status: 303, init: { method: 'POST', body: new URLSearchParams(fields) } },
        cookieOf(browser),
      )
      assert.equal(signedIn.status, 303)
      await browser.submit(page, formTo(page, '/language'), { locale: 'en' })
      const recover = await browser.open(`${app.url}/recover`)
      await browser.submit(recover, formTo(recover, '/recover'), { identifier: email })
      const path = (await newestLink(app, email)).replace(app.url, '')
      const link = await open1(app, { path, status: 303 }, '')
      for (const answer of [signedIn, link]) {
        assert.ok(answer.headers.getSetCookie().length > 0)
        assert.match(answer.headers.get('cache-control') ?? '', /no-store/)
      }
    })

    attack('SES-7: responses that are the same for everybody may be cached', async ({ app }) => {
      for (const path of ['/.well-known/openid-configuration', '/oidc/jwks']) {
        const answer = await fetch(app.url + path)
        assert.doesNotMatch(answer.headers.get('cache-control') ?? '', /no-store/, path)
        assert.deepEqual(answer.headers.getSetCookie(), [], path)
      }
    })
  },
  ['sqlite'],
)
