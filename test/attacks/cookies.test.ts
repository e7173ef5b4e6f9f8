import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { startApp, type TestApp } from '../support/app.ts'
import { goodPassword, newestLink, signUp } from '../support/people.ts'
import { addPortal, begin, open, portalOrigin } from '../support/relying-party.ts'

/** Set-Cookie lines without the values. */
function rulesOf(lines: readonly string[]): readonly string[] {
  const rules = lines.map((line) => {
    const [pair = '', ...attributes] = line.split('; ')
    const kept = attributes.filter((attribute) => !/^(expires|max-age)=/i.test(attribute))
    const names = kept.map((attribute) =>
      attribute.toLowerCase().replace(/(?<=\/(interaction|oidc\/authorize)\/).*/, '…'),
    )
    return [pair.split('=')[0], ...names.sort()].join('; ')
  })
  return [...new Set(rules)].sort()
}

describe('SES-4: over https', () => {
  let app: TestApp
  const host = 'id.example.org'
  const lines: string[] = []
  const jar = new Map<string, string>()

  // The app assumes TLS in front of it. Only the Host header has to match.
  async function ask(url: string, fields?: Record<string, string>) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await app.app.inject({
      method: fields ? 'POST' : 'GET',
      url: url.replace(`https://${host}`, ''),
      headers: { host, cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
      ...(fields && { payload: new URLSearchParams(fields).toString() }),
    })
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
      lines.push(line)
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      jar.set(name, value)
    }
    return answer
  }
  const csrfIn = (body: string) => /name="csrf" value="([^"]+)"/.exec(body)?.[1] ?? ''

  before(async () => {
    app = await startApp({ engine: 'sqlite', config: { url: new URL(`https://${host}`) } })
  })
  after(() => app.close())

  test('SES-4: every cookie is host-only, HttpOnly and Secure', async () => {
    const start = await ask('/sign-up')
    await ask('/language', { csrf: csrfIn(start.body), locale: 'en', path: '/' })
    await ask('/sign-up', { csrf: csrfIn(start.body), identifier: 'anna@example.org' })
    await ask(await newestLink(app, 'anna@example.org'))
    const complete = await ask('/sign-up/complete')
    const token = /name="token" value="([^"]+)"/.exec(complete.body)?.[1] ?? ''
    const typed = { csrf: csrfIn(complete.body), token, name: 'Anna', new_password: goodPassword }
    assert.equal((await ask('/sign-up/complete', typed)).statusCode, 303)

    const portal = await app.foundation.database.inTransaction(async ({ portals }) => {
      const secret = app.foundation.secrets.encrypt('client-secret', 'x')
      const more = { postLogoutRedirectUris: [], backchannelLogoutUri: null, logoUri: null, colour: null, createdAt: 0 }
      const access = { kind: 'everybody' } as const
      const redirectUris = [`${portalOrigin}/callback`]
      await portals.insert({
        id: 'p',
        name: 'P',
        clientSecret: secret,
        redirectUris,
        startUri: portalOrigin,
        access,
        ...more,
      })
      return { id: 'p', redirectUri: `${portalOrigin}/callback` }
    })
    const query = new URLSearchParams({
      client_id: portal.id,
      redirect_uri: portal.redirectUri,
      response_type: 'code',
      scope: 'openid',
      code_challenge: 'c'.repeat(43),
      code_challenge_method: 'S256',
    })
    assert.match(String((await ask(`/oidc/authorize?${query}`)).headers.location), /code=/)
    assert.match(String((await ask(`/oidc/authorize?${query}&prompt=login`)).headers.location), /^\/interaction\//)

    const everywhere = 'httponly; path=/; samesite=lax; secure'
    assert.deepEqual(rulesOf(lines), [
      `__Host-einlass-browser; ${everywhere}`,
      `__Host-einlass-engine.sig; ${everywhere}`,
      `__Host-einlass-engine; ${everywhere}`,
      `__Host-einlass-known; ${everywhere}`,
      `__Host-einlass-language; ${everywhere}`,
      `__Host-einlass-link; ${everywhere}`,
      `__Host-einlass-session; ${everywhere}`,
      '__Secure-einlass-interaction.sig; httponly; path=/interaction/…; samesite=lax; secure',
      '__Secure-einlass-interaction; httponly; path=/interaction/…; samesite=lax; secure',
      '__Secure-einlass-resume.sig; httponly; path=/oidc/authorize/…; samesite=lax; secure',
      '__Secure-einlass-resume; httponly; path=/oidc/authorize/…; samesite=lax; secure',
    ])
    for (const line of lines) assert.ok(line.length < 4096)
    assert.ok([...jar.values()].join().length < 4096, 'all of them together go with every request')
  })

  test('SES-4: responses set HSTS', async () => {
    for (const url of [
      '/sign-in',
      '/nowhere',
      '/oidc/nowhere',
      '/.well-known/openid-configuration',
      '/oidc/authorize',
    ]) {
      const answer = await ask(url)
      assert.match(String(answer.headers['strict-transport-security']), /^max-age=(3153|6307)\d+/, url)
    }
  })
})

test('SES-4: on loopback without https, the same cookies have plain names and are still HttpOnly', async () => {
  const app = await startApp({ engine: 'sqlite' })
  try {
    const lines: string[] = []
    const browser = app.browser(portalOrigin)
    await signUp(app, browser, 'anna@example.org')
    const portal = await addPortal(app, 'nordwind')
    await open(browser, portal)
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const urls = [(await begin(portal, { prompt: 'login' })).url, (await begin(portal)).url]
    for (const url of urls) {
      const answer = await fetch(url, { headers: { cookie }, redirect: 'manual' })
      lines.push(...answer.headers.getSetCookie())
    }
    lines.push(...(await fetch(`${app.url}/sign-in`)).headers.getSetCookie())
    assert.ok(lines.length >= 7)
    for (const rule of rulesOf(lines)) {
      assert.match(rule, /^einlass-[a-z.]+; httponly; path=\/[^;]*; samesite=lax$/)
    }
  } finally {
    await app.close()
  }
})
