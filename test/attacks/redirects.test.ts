import assert from 'node:assert/strict'
import { registerPortal } from '#features/portal/index.ts'
import { Problem } from '#kernel/problem.ts'
import type { ScriptFreeBrowser, ShownPage } from '../support/browser.ts'
import { formTo } from '../support/pages.ts'
import { goodPassword, newestLink, signIn, whoIs } from '../support/people.ts'
import { begin } from '../support/relying-party.ts'
import { inWorlds } from '../support/world.ts'

/** Values for the `continue` parameter. A browser would leave our site for each of them. */
const elsewhere = [
  '//evil.example',
  '/\\evil.example',
  '/%2f/evil.example',
  '/%5cevil.example',
  'https:evil.example',
  'https://evil.example/',
  'https://localhost@evil.example/',
  'https://localhost.evil.example/',
  'javascript:alert(1)//evil',
  'data:text/html,evil',
  '/\t/evil.example',
  '/\n/evil.example',
  '/.//evil.example',
  '//evil。example',
  '\u00a0//evil.example',
]

/** Every URL that a page links or posts to. */
function leadsTo({ body, url }: ShownPage): readonly URL[] {
  const targets = [...body.matchAll(/\b(?:href|action|src)="([^"#][^"]*)"/g)].map(([, target = '']) => target)
  return targets.map((target) => new URL(target.replaceAll('&amp;', '&'), url))
}

/** The `continue` values in the links and forms of a page. */
function carries({ forms }: ShownPage, links: readonly URL[]): readonly string[] {
  const fields = forms.flatMap(({ fields: { continue: target, path } }) => [target, path])
  const parameters = links.map(({ searchParams }) => searchParams.get('continue'))
  return [...fields, ...parameters].filter((value) => typeof value === 'string')
}

function assertStays(page: ShownPage, origin: string, why: string): void {
  assert.equal(page.url.origin, origin, why)
  const links = leadsTo(page)
  for (const target of links) {
    if (target.protocol !== 'data:') assert.ok(!target.hostname.includes('evil'), `${why} leads to ${target}`)
  }
  for (const path of carries(page, links)) {
    assert.match(path, /^\/(?![/\\])/, why)
    assert.equal(new URL(path, page.url).origin, origin, why)
  }
  assert.doesNotMatch(page.headers.get('content-security-policy') ?? '', /evil/, why)
}

inWorlds(
  (attack) => {
    attack('RED-1: no page accepts a foreign destination from its URL', async ({ app, person }) => {
      const stranger = app.browser()
      const { browser } = await person()
      for (const target of elsewhere) {
        const query = `continue=${encodeURIComponent(target)}`
        for (const path of ['/sign-in', '/sign-up', '/recover', '/sign-up/sent', '/recover/sent', '/recover/done']) {
          assertStays(await stranger.open(`${app.url}${path}?${query}`), app.url, path + target)
        }
        // Already signed in: redirects at once.
        assertStays(await browser.open(`${app.url}/sign-in?${query}`), app.url, target)
      }
      for (const query of ['continue=/portals&continue=//evil.example', 'continue[]=//evil.example']) {
        assertStays(await stranger.open(`${app.url}/sign-in?${query}`), app.url, query)
      }
      assertStays(await stranger.open(`${app.url}/sign-in?continue=/profile%23//evil.example`), app.url, 'fragment')
    })

    attack('RED-1: no form redirects to a foreign destination', async ({ app, person }) => {
      const { email } = await person()
      for (const target of elsewhere.slice(0, 8)) {
        const browser = app.browser()
        const page = await browser.open(`${app.url}/sign-in`)
        const typed = { identifier: email, password: goodPassword, continue: target }
        const signedIn = await browser.submit(page, formTo(page, '/sign-in'), typed)
        assert.equal(signedIn.url.href, `${app.url}/profile`)
        const language = await browser.submit(page, formTo(page, '/language'), { locale: 'en', path: target })
        assert.equal(language.url.href, `${app.url}/`)
      }
      const browser = app.browser()
      const page = await browser.open(`${app.url}/sign-in`)
      const twice = await post(browser, `${app.url}/sign-in`, [
        ...Object.entries(formTo(page, '/sign-in')?.fields ?? {}),
        ['continue', '//evil.example'],
      ])
      assert.equal(twice.status, 400)
    })

    attack('RED-1: no mailed link redirects to a foreign destination', async ({ app, person }) => {
      const { email } = await person()
      for (const [index, target] of elsewhere.slice(0, 4).entries()) {
        const browser = app.browser()
        const recover = await browser.open(`${app.url}/recover`)
        const asked = { identifier: email, continue: target }
        assertStays(await browser.submit(recover, formTo(recover, '/recover'), asked), app.url, target)
        const reset = await browser.open(await newestLink(app, email))
        assertStays(reset, app.url, target)
        const done = await browser.submit(reset, formTo(reset, '/recover/password'), { new_password: goodPassword })
        assertStays(done, app.url, target)

        const fresh = `new${index}@example.org`
        const signUp = await browser.open(`${app.url}/sign-up`)
        const start = { identifier: fresh, continue: target }
        assertStays(await browser.submit(signUp, formTo(signUp, '/sign-up'), start), app.url, target)
        const complete = await browser.open(await newestLink(app, fresh))
        const typed = { name: 'Ben', new_password: goodPassword }
        const signedUp = await browser.submit(complete, formTo(complete, '/sign-up/complete'), typed)
        assertStays(signedUp, app.url, target)
        assert.ok(await whoIs(app, browser))
      }
    })

    attack('RED-2: a redirect URI that does not match exactly gets an error page and no redirect', async (world) => {
      const { app, nordwind, suedstern, person } = world
      const { browser } = await person()
      const registered = new URL(nordwind.redirectUri)
      const { pathname } = registered
      const wrong = [
        nordwind.redirectUri.slice(0, -1),
        `${nordwind.redirectUri}/`,
        `${nordwind.redirectUri}/more`,
        `${nordwind.redirectUri}?x=1`,
        `${nordwind.redirectUri}#x`,
        `${nordwind.redirectUri}/../callback`,
        `https://portal.example:8443${pathname}`,
        `https://portal.example:443${pathname}`,
        `http://portal.example${pathname}`,
        `https://user@portal.example${pathname}`,
        `https://portal.example@evil.example${pathname}`,
        `https://portal.example.evil.example${pathname}`,
        `https://evil.example\\@portal.example${pathname}`,
        `https://PORTAL.example${pathname}`,
        `https://portal.example${pathname.replace('/callback', '%2fcallback')}`,
        `https://portal.example${pathname.toUpperCase()}`,
        `https://*.example${pathname}`,
        `//portal.example${pathname}`,
        'javascript:alert(1)',
        ` ${nordwind.redirectUri}`,
        `${nordwind.redirectUri}\n`,
        suedstern.redirectUri,
        '',
        undefined,
      ]
      for (const redirect of wrong) {
        for (const more of [{}, { prompt: 'none' }, { scope: 'nonsense' }, { response_type: 'token' }]) {
          const { url } = await begin(nordwind, { ...more, redirect_uri: redirect })
          await refusesHere(browser.open(url), String(redirect))
        }
      }
      const { url } = await begin(nordwind)
      await refusesHere(browser.open(`${url}&redirect_uri=https%3A%2F%2Fevil.example`), 'twice')
      await refusesHere(browser.open((await begin(nordwind, { client_id: 'nobody' })).url), 'client')
      const plain = await fetch(`${app.url}/oidc/authorize?client_id=nordwind`, { headers: { accept: 'text/html' } })
      assert.equal(plain.status, 400)
    })

    attack('RED-3: a portal can only be registered with URLs that browsers open as pages', async ({ app, person }) => {
      const { clock, random, secrets, database } = app.foundation
      const register = (address: string, field: 'redirectUris' | 'postLogoutRedirectUris' | 'startUri' | 'logoUri') =>
        registerPortal(
          { clock, random, secrets, inTransaction: database.inTransaction },
          {
            id: 'evil',
            name: 'Evil',
            redirectUris: ['https://good.example/callback'],
            postLogoutRedirectUris: [],
            backchannelLogoutUri: null,
            startUri: 'https://good.example',
            logoUri: null,
            colour: null,
            access: { kind: 'everybody' },
            [field]: field.endsWith('Uris') ? [address] : address,
          },
        )
      const wrong = [
        'javascript:alert(1)',
        'JavaScript:alert(1)//https://good.example',
        'data:text/html,x',
        'file:///etc/passwd',
        'myapp://callback',
        'com.example.app:/callback',
        'http://portal.example/callback',
        'http://localhost.evil.example/callback',
        'http://127.0.0.1.evil.example/callback',
        'https://user:secret@portal.example/callback',
        'https://portal.example/callback#x',
        'https://*.portal.example/callback',
        'https://portal.example/call\nback',
        '//portal.example/callback',
        '/callback',
      ]
      for (const address of wrong) {
        for (const field of ['redirectUris', 'postLogoutRedirectUris', 'startUri', 'logoUri'] as const) {
          await assert.rejects(register(address, field), (error) => error instanceof Problem, `${field} ${address}`)
        }
      }
      assert.equal(await database.read.portals.find('evil'), undefined)
      const { browser, email } = await person()
      assert.equal((await signIn(app, browser, email)).status, 200)
    })
  },
  ['sqlite'],
)

async function post(browser: ScriptFreeBrowser, url: string, fields: readonly (readonly [string, string])[]) {
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const body = new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value]))
  return fetch(url, { method: 'POST', body, headers: { cookie, 'sec-fetch-site': 'same-origin' }, redirect: 'manual' })
}

async function refusesHere(opened: Promise<{ status: number; url: URL; body: string; headers: Headers }>, why: string) {
  const page = await opened
  assert.equal(page.status, 400, why)
  assert.equal(page.url.pathname, '/oidc/authorize', why)
  assert.equal(page.headers.get('location'), null, why)
  assert.match(page.headers.get('content-type') ?? '', /html/, why)
  assert.match(page.body, /class="reference"/, why)
}
