import assert from 'node:assert/strict'
import { request } from 'node:http'
import type { TestApp } from '../support/app.ts'
import { formTo } from '../support/pages.ts'
import { goodPassword, signInOn, whoIs } from '../support/people.ts'
import { open } from '../support/relying-party.ts'
import { allRows, changes, type Rows } from '../support/rows.ts'
import { inWorlds, type SignedInPerson } from '../support/world.ts'

const cookieOf = ({ cookies }: SignedInPerson['browser']) =>
  [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')

/** Headers of cross-site requests. The tests add the cookies that a browser would send in the worst case. */
const foreign: Readonly<Record<string, string>>[] = [
  { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site', origin: 'http://evil.localhost:8080' },
  { 'sec-fetch-site': 'nonsense' },
  { origin: 'https://evil.example' },
  { origin: 'http://localhost' },
  { origin: 'null' },
  { origin: '' },
]

/** Paths of all GET routes, with a plausible value for each parameter. */
function pathsOf(app: TestApp): readonly string[] {
  const lines = app.app.printRoutes({ commonPrefix: false }).split('\n')
  const paths: string[] = []
  const parents: string[] = []
  for (const line of lines) {
    const [, indent = '', path = '', methods = ''] = /^([│├└─ ]*)(\S*)(?: \((.*)\))?$/.exec(line) ?? []
    const depth = Math.max(0, indent.length / 4 - 1)
    parents.splice(depth, parents.length, path)
    if (methods.split(', ').includes('GET')) paths.push(parents.join(''))
  }
  return [...new Set(paths)]
}

const callback = '/sign-in/with/:provider/callback'

/** Rows that a GET request may add. */
type Refusal = { readonly event: string; readonly counters: number }

/** The audit entry of a refusal, by the console (ADM-1) or, rate-limited, for a forged answer of a network. */
function refusalAt(pattern: string): Refusal | undefined {
  if (/^\/admin\b/.test(pattern)) return { event: 'operator.refused', counters: 0 }
  return pattern === callback ? { event: 'federation.attempt-refused', counters: 1 } : undefined
}

function assertLeaves(refusal: Refusal | undefined, before: Rows, after: Rows, why: string): void {
  const { audit, throttle, ...others } = changes(before, after)
  assert.deepEqual(others, {}, why)
  assert.deepEqual(audit?.added.map(({ event }) => event) ?? [], refusal ? [refusal.event] : [], why)
  assert.equal(throttle?.added.length ?? 0, refusal?.counters ?? 0, why)
  for (const table of [audit, throttle]) assert.deepEqual(table?.removed ?? [], [], why)
}

inWorlds(
  (attack) => {
    attack('SES-5: a form posted by another site changes nothing', async ({ app, person }) => {
      const { browser } = await person()
      const page = await browser.open(`${app.url}/sign-out`)
      const fields = formTo(page, '/sign-out')?.fields
      const before = await allRows(app)
      const targets = [
        '/sign-out',
        '/profile/sessions/end-all',
        '/profile/networks/x/unlink',
        '/profile/confirm',
        '/language',
      ]
      for (const path of targets) {
        for (const headers of foreign) {
          const body = new URLSearchParams({ ...fields, password: goodPassword, locale: 'en' })
          const init = {
            method: 'POST',
            body,
            headers: { cookie: cookieOf(browser), ...headers },
            redirect: 'manual',
          } as const
          const answer = await fetch(app.url + path, init)
          assert.equal(answer.status, 403, `${path} ${JSON.stringify(headers)}`)
          assert.deepEqual(answer.headers.getSetCookie(), [])
        }
      }
      assert.deepEqual(changes(before, await allRows(app)), {})
      assert.ok(await whoIs(app, browser))
    })

    attack('SES-5: a form without this browser’s token is refused even from our own page', async ({ app, person }) => {
      const { browser } = await person()
      const other = app.browser()
      const theirs = formTo(await other.open(`${app.url}/sign-in`), '/sign-in')?.fields.csrf as string
      const own = formTo(await browser.open(`${app.url}/sign-out`), '/sign-out')?.fields.csrf as string
      const [nonce = ''] = own.split('.')
      const wrong = [undefined, '', '.', nonce, `${nonce}.`, `${nonce}.${'A'.repeat(43)}`, `x${own}`, theirs]
      for (const csrf of wrong) {
        for (const headers of [{ 'sec-fetch-site': 'same-origin' }, { origin: app.url }, {}]) {
          const answer = await fetch(`${app.url}/sign-out`, {
            method: 'POST',
            redirect: 'manual',
            headers: { cookie: cookieOf(browser), ...headers },
            body: new URLSearchParams(csrf === undefined ? {} : { csrf }),
          })
          assert.equal(answer.status, 403, `${csrf} ${JSON.stringify(headers)}`)
        }
      }
      assert.ok(await whoIs(app, browser))
    })

    attack('SES-5: the forms of two tabs opened at the same time both work', async ({ app, person }) => {
      const { email } = await person()
      const browser = app.browser()
      const left = await browser.open(`${app.url}/sign-in`)
      ;(browser.cookies as Map<string, string>).clear()
      await browser.open(`${app.url}/sign-in`)
      for (const _tab of ['first', 'second']) {
        assert.equal((await signInOn(browser, left, email)).status, 200)
        assert.ok(await whoIs(app, browser))
      }
      // Changes in a session require this browser's token.
      const stale = formTo(left, '/language')
      assert.equal((await browser.submit(left, stale, { locale: 'en' })).status, 403)
      for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, {}]) {
        const cookie = `einlass-browser=${browser.cookies.get('einlass-browser')}`
        const body = new URLSearchParams({
          ...formTo(left, '/sign-in')?.fields,
          identifier: email,
          password: goodPassword,
        })
        const init = { method: 'POST', body, headers: { ...headers, cookie }, redirect: 'manual' } as const
        assert.equal((await fetch(`${app.url}/sign-in`, init)).status, 403, JSON.stringify(headers))
      }
    })

    attack('SES-5: other content types and method overrides are refused', async ({ app, person }) => {
      const { browser } = await person()
      const csrf = formTo(await browser.open(`${app.url}/sign-out`), '/sign-out')?.fields.csrf as string
      const headers = { cookie: cookieOf(browser), 'sec-fetch-site': 'same-origin' }
      const send = (path: string, init: RequestInit) =>
        fetch(app.url + path, { redirect: 'manual', ...init, headers: { ...headers, ...init.headers } })
      for (const type of ['text/plain', 'application/json', 'multipart/form-data; boundary=x', 'application/xml']) {
        const bodies = [`csrf=${csrf}`, JSON.stringify({ csrf })]
        for (const body of bodies) {
          const answer = await send('/sign-out', { method: 'POST', body, headers: { 'content-type': type } })
          assert.ok([403, 415].includes(answer.status), `${type}: ${answer.status}`)
        }
      }
      const query = `csrf=${csrf}&_method=POST`
      for (const override of [{}, { 'x-http-method-override': 'POST' }, { 'x-method-override': 'POST' }]) {
        assert.equal((await send(`/sign-out?${query}`, { headers: override })).status, 200)
        assert.equal((await send(`/profile/sessions/end-all?${query}`, { headers: override })).status, 404)
      }
      // The token is only accepted in the form, since URLs end up in logs and the history.
      assert.equal((await send(`/sign-out?${query}`, { method: 'POST', body: new URLSearchParams() })).status, 403)
      for (const method of ['PUT', 'DELETE', 'PATCH']) {
        const answer = await send('/sign-out', { method, body: new URLSearchParams({ csrf }) })
        assert.ok([403, 404, 405].includes(answer.status), `${method}: ${answer.status}`)
      }
      assert.ok(await whoIs(app, browser))
    })

    attack(
      'SES-5: another site cannot sign a visitor in to the attacker’s account (login CSRF)',
      async ({ app, person }) => {
        const attacker = await person()
        const page = await app.browser().open(`${app.url}/sign-in`)
        const fields = { ...formTo(page, '/sign-in')?.fields, identifier: attacker.email, password: goodPassword }
        for (const headers of [...foreign, { 'sec-fetch-site': 'same-origin' }, {}]) {
          // The attacker's token does not match the victim's cookie.
          const init = { method: 'POST', body: new URLSearchParams(fields), headers, redirect: 'manual' } as const
          const answer = await fetch(`${app.url}/sign-in`, init)
          assert.equal(answer.status, 403, JSON.stringify(headers))
          assert.doesNotMatch(answer.headers.getSetCookie().join(), /session|known/)
        }
      },
    )

    attack('SES-5: GET requests change nothing', async ({ app, nordwind, person }) => {
      const anna = await person()
      await open(anna.browser, nordwind)
      const paths = pathsOf(app)
      assert.ok(paths.length > 20, paths.join())
      assert.ok(paths.includes('/profile') && paths.includes('/interaction/:uid') && paths.includes('/sign-up/link'))
      assert.ok(paths.includes(callback) && paths.includes('/admin/networks'))
      const values: Record<string, string> = { uid: 'x', provider: 'sim-google', id: 'x', '*': 'x' }
      for (const pattern of paths) {
        const path = pattern.replace(/:(\w+)|\*/g, (_, name) => values[name] ?? 'x')
        // Except the engine's bookkeeping.
        const without = /^\/(oidc|interaction)\b/.test(path) ? ['engine_artifact'] : []
        const before = await allRows(app, without)
        const query = 'continue=/profile&token=x&code=x&state=x&mail=x&identifier=a@example.org&locale=en'
        await anna.browser.open(`${app.url}${path}?${query}`)
        assertLeaves(refusalAt(pattern), before, await allRows(app, without), pattern)
        assert.ok(await whoIs(app, anna.browser), pattern)
      }
    })

    attack('SES-5: a request with another or a duplicate Host header is refused', async ({ app }) => {
      const { port } = new URL(app.url)
      const statusFor = (headers: readonly string[], path = '/sign-in') =>
        new Promise<number | undefined>((resolve, reject) => {
          const options = { host: 'localhost', port, path, headers, setHost: false }
          request(options, (response) => resolve(response.resume().statusCode))
            .on('error', reject)
            .end()
        })
      assert.equal(await statusFor(['host', `localhost:${port}`]), 200)
      assert.equal(await statusFor(['host', 'evil.example']), 421)
      assert.equal(await statusFor(['host', `localhost:${port}.`]), 421)
      assert.equal(await statusFor(['host', `localhost:${port}`, 'x-forwarded-host', 'evil.example']), 200)
      assert.notEqual(await statusFor(['host', `localhost:${port}`, 'host', 'evil.example']), 200)
      assert.equal(await statusFor(['host', 'evil.example'], '/oidc/authorize'), 421)
      assert.equal(await statusFor(['host', 'evil.example'], '/.well-known/openid-configuration'), 421)
    })
  },
  ['sqlite'],
)
