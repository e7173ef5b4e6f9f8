import assert from 'node:assert/strict'
import { formTo } from '../support/pages.ts'
import { whoIs } from '../support/people.ts'
import { answerIn, open, portalOrigin, userinfo } from '../support/relying-party.ts'
import { inWorlds } from '../support/world.ts'

inWorlds((attack) => {
  attack(
    'OP-6: opening the sign-out link asks for confirmation and changes nothing',
    async ({ app, nordwind, person }) => {
      const { browser } = await person()
      const withoutPortal = await browser.open(`${app.url}/oidc/sign-out`)
      const tokens = await open(browser, nordwind)
      const hint = String(tokens.id_token)
      const pages = [
        withoutPortal,
        await browser.open(`${app.url}/oidc/sign-out`),
        await browser.open(`${app.url}/oidc/sign-out?id_token_hint=${hint}`),
        await browser.open(`${app.url}/oidc/sign-out?post_logout_redirect_uri=https://evil.example/`),
      ]
      for (const page of pages) {
        assert.equal(page.status, 200)
        assert.equal(page.url.pathname, '/oidc/sign-out')
        assert.ok(formTo(page, '/oidc/sign-out/confirm'), page.body)
        assert.doesNotMatch(page.body, /<script(?! type="module"| src)/)
      }
      assert.ok(await whoIs(app, browser))
      assert.equal((await userinfo(app, tokens.access_token)).status, 200)
      // An image on another site can only send a GET request.
      const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const picture = await fetch(`${app.url}/oidc/sign-out`, { headers: { cookie, 'sec-fetch-site': 'cross-site' } })
      assert.equal(picture.headers.get('cross-origin-resource-policy'), 'same-origin')
      assert.ok(await whoIs(app, browser))
    },
  )

  attack('OP-6: signing out only redirects to addresses that the portal has registered', async (world) => {
    const { app, nordwind, suedstern, person } = world
    const { browser } = await person()
    const hint = String((await open(browser, nordwind)).id_token)
    const foreign = [
      'https://evil.example/',
      suedstern.signedOutUri,
      `${nordwind.signedOutUri}/x`,
      nordwind.redirectUri,
    ]
    for (const target of foreign) {
      const query = new URLSearchParams({ id_token_hint: hint, post_logout_redirect_uri: target })
      const page = await browser.open(`${app.url}/oidc/sign-out?${query}`)
      assert.equal(page.status, 400, target)
      assert.match(page.body, /class="reference"/)
    }
    const stranger = new URLSearchParams({ post_logout_redirect_uri: 'https://evil.example/' })
    const nobody = await app.browser('https://evil.example').open(`${app.url}/oidc/sign-out?${stranger}`)
    assert.equal(nobody.url.href, `${app.url}/sign-out`)
  })

  attack('OP-6: a sign-out can only be confirmed from our own page', async ({ app, nordwind, person }) => {
    const { browser } = await person()
    await open(browser, nordwind)
    const page = await browser.open(`${app.url}/oidc/sign-out`)
    const form = formTo(page, '/oidc/sign-out/confirm')
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const confirm = (path: string, headers: Record<string, string>, fields = form?.fields) =>
      fetch(app.url + path, {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie, ...headers },
        body: new URLSearchParams(fields),
      })
    const path = '/oidc/sign-out/confirm'
    const foreign: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
      { 'sec-fetch-site': 'same-site', origin: 'http://evil.localhost' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
    ]
    for (const headers of foreign) assert.equal((await confirm(path, headers)).status, 403, JSON.stringify(headers))
    // The engine's router treats these as the same path; ours must not.
    for (const other of [
      '/oidc/SIGN-OUT/confirm',
      '/oidc/sign-out/confirm/',
      '/oidc/sign-out/%63onfirm',
      '/oidc//sign-out/confirm',
    ]) {
      assert.ok([403, 404].includes((await confirm(other, foreign[0] as Record<string, string>)).status), other)
    }
    const own = { 'sec-fetch-site': 'same-origin' }
    assert.equal((await confirm(path, own, { logout: 'yes', xsrf: 'guessed' })).status, 400)
    assert.ok(await whoIs(app, browser))
    const done = await confirm(path, own)
    assert.equal(done.status, 303)
    assert.equal(done.headers.get('clear-site-data'), '"cache"')
    assert.doesNotMatch(done.headers.getSetCookie().join(), /undefined/)
    assert.equal(await whoIs(app, browser), undefined)
  })

  attack('OP-6: without a session, the sign-out redirects to the portal with its state', async (world) => {
    const { app, nordwind, person } = world
    const { browser } = await person()
    const hint = String((await open(browser, nordwind)).id_token)
    const query = new URLSearchParams({
      id_token_hint: hint,
      post_logout_redirect_uri: nordwind.signedOutUri,
      state: 'a b&c',
    })
    const stranger = await app.browser(portalOrigin).open(`${app.url}/oidc/sign-out?${query}`)
    const target = answerIn(stranger)
    assert.equal(target.origin + target.pathname, nordwind.signedOutUri)
    assert.equal(target.searchParams.get('state'), 'a b&c')
    assert.ok(await whoIs(app, browser))
  })
})
