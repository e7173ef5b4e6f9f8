import assert from 'node:assert/strict'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrlWithPAR,
  buildEndSessionUrl,
  ClientSecretBasic,
  ClientSecretPost,
  discovery,
  fetchUserInfo,
  refreshTokenGrant,
  tokenIntrospection,
  tokenRevocation,
} from 'openid-client'
import { hour, minute } from '#kernel/duration.ts'
import { formTo } from '../support/pages.ts'
import { signIn, signInOn, whoIs } from '../support/people.ts'
import {
  answerIn,
  assertDead,
  begin,
  call,
  errorOf,
  finish,
  open,
  portalOrigin,
  userinfo,
} from '../support/relying-party.ts'
import { inWorlds } from '../support/world.ts'

inWorlds((run) => {
  run('the discovery document lists what is supported and nothing else', async ({ app }) => {
    const metadata = await (await fetch(`${app.url}/.well-known/openid-configuration`)).json()
    assert.equal(metadata.issuer, app.url)
    assert.deepEqual(metadata.code_challenge_methods_supported, ['S256'])
    assert.deepEqual(metadata.response_types_supported, ['code'])
    assert.deepEqual(metadata.grant_types_supported.sort(), ['authorization_code', 'refresh_token'])
    assert.deepEqual(metadata.token_endpoint_auth_methods_supported.sort(), [
      'client_secret_basic',
      'client_secret_post',
    ])
    assert.deepEqual(metadata.id_token_signing_alg_values_supported.sort(), ['ES256', 'RS256'])
    assert.deepEqual(metadata.ui_locales_supported, ['de', 'en'])
    assert.deepEqual(metadata.subject_types_supported, ['public'])
    assert.equal(metadata.authorization_response_iss_parameter_supported, true)
    assert.equal(metadata.backchannel_logout_supported, true)
    assert.equal(metadata.backchannel_logout_session_supported, true)
    assert.equal(metadata.request_uri_parameter_supported, false)
    for (const scope of ['openid', 'profile', 'email', 'phone', 'offline_access']) {
      assert.ok(metadata.scopes_supported.includes(scope), scope)
    }
    const endpoints = Object.entries<string>(metadata).filter(([name]) => /_(endpoint|uri)$/.test(name))
    assert.ok(endpoints.length >= 8)
    for (const [name, url] of endpoints) assert.ok(url.startsWith(`${app.url}/oidc/`), `${name} ${url}`)
    assert.ok(!('registration_endpoint' in metadata))
    assert.doesNotMatch(JSON.stringify(metadata), /"none"|implicit|HS256/)
  })

  run('the code flow returns the subject, auth_time and amr', async ({ app, nordwind, person }) => {
    const { browser, subject, email } = await person()
    const started = await begin(nordwind)
    const tokens = await finish(started, await browser.open(started.url))
    assert.equal(tokens.token_type, 'bearer')
    assert.equal(tokens.expires_in, 3600)
    assert.equal(tokens.refresh_token, undefined)
    const keys = createRemoteJWKSet(new URL(`${app.url}/oidc/jwks`))
    const { payload, protectedHeader } = await jwtVerify(String(tokens.id_token), keys)
    assert.equal(protectedHeader.alg, 'ES256')
    assert.equal(payload.iss, app.url)
    assert.equal(payload.aud, 'nordwind')
    assert.equal(payload.sub, subject)
    assert.equal(payload.nonce, started.checks.expectedNonce)
    assert.deepEqual(payload.amr, ['pwd'])
    assert.equal((payload.exp as number) - (payload.iat as number), 3600)
    assert.equal(typeof payload.auth_time, 'number')
    assert.ok((payload.auth_time as number) <= (payload.iat as number))
    assert.match(String(payload.sid), /^[\w-]{20,}$/)
    // Claims about the person are only available from userinfo, with the access token.
    for (const claim of ['name', 'email', 'phone_number']) assert.ok(!(claim in payload), claim)

    const told = await fetchUserInfo(nordwind.config, tokens.access_token, subject)
    assert.deepEqual({ ...told }, { sub: subject, name: 'Anna', locale: 'de', email, email_verified: true })
    const modest = await open(browser, nordwind, { scope: 'openid' })
    assert.deepEqual(await (await userinfo(app, modest.access_token)).json(), { sub: subject })
  })

  run('a portal authenticates in the header or in the form', async ({ app, nordwind, person }) => {
    const { browser } = await person()
    for (const proof of [ClientSecretBasic, ClientSecretPost]) {
      const config = await discovery(new URL(app.url), nordwind.id, undefined, proof(nordwind.secret), {
        execute: [allowInsecureRequests],
      })
      const portal = { ...nordwind, config }
      const tokens = await open(browser, portal, { scope: 'openid offline_access', prompt: 'consent' })
      const refreshed = await refreshTokenGrant(config, String(tokens.refresh_token))
      assert.equal((await tokenIntrospection(config, refreshed.access_token)).active, true)
    }
    const basic = Buffer.from(`${nordwind.id}:${nordwind.secret}`).toString('base64')
    const lowerCase = await fetch(`${app.url}/oidc/introspect`, {
      method: 'POST',
      headers: { authorization: `basic ${basic}` },
      body: new URLSearchParams({ token: 'x' }),
    })
    assert.deepEqual(await lowerCase.json(), { active: false })
  })

  run('with offline_access, a portal can refresh without the person', async ({ nordwind, person }) => {
    const { browser, subject } = await person()
    const tokens = await open(browser, nordwind, { scope: 'openid profile offline_access', prompt: 'consent' })
    assert.equal(tokens.scope, 'openid profile offline_access')
    const refreshed = await refreshTokenGrant(nordwind.config, String(tokens.refresh_token))
    assert.notEqual(refreshed.access_token, tokens.access_token)
    assert.equal(refreshed.claims()?.sub, subject)
    assert.equal(refreshed.claims()?.auth_time, tokens.claims()?.auth_time)
    assert.equal(refreshed.claims()?.sid, tokens.claims()?.sid)
    const narrow = await refreshTokenGrant(nordwind.config, String(tokens.refresh_token), { scope: 'openid' })
    assert.equal(narrow.scope, 'openid')
    await assert.rejects(refreshTokenGrant(nordwind.config, String(tokens.refresh_token), { scope: 'openid email' }))
  })

  run('a portal can introspect and revoke its tokens', async ({ app, nordwind, person }) => {
    const { browser, subject } = await person()
    const tokens = await open(browser, nordwind, { scope: 'openid offline_access', prompt: 'consent' })
    for (const token of [tokens.access_token, String(tokens.refresh_token)]) {
      const seen = await tokenIntrospection(nordwind.config, token)
      assert.equal(seen.active, true)
      assert.equal(seen.sub, subject)
      assert.equal(seen.client_id, 'nordwind')
      assert.equal(seen.iss, app.url)
    }
    assert.deepEqual({ ...(await tokenIntrospection(nordwind.config, 'made-up')) }, { active: false })
    await tokenRevocation(nordwind.config, tokens.access_token)
    await assertDead(app, nordwind, tokens)
    await tokenRevocation(nordwind.config, 'made-up')
    // Revoking tokens does not sign the person out.
    assert.ok(await whoIs(app, browser))
    assert.ok((await open(browser, nordwind)).id_token)
  })

  run('a pushed authorization request can be used once', async ({ nordwind, person }) => {
    const { browser } = await person()
    const started = await begin(nordwind)
    const pushed = await buildAuthorizationUrlWithPAR(nordwind.config, new URL(started.url).searchParams)
    const page = await browser.open(pushed.href)
    const tokens = await authorizationCodeGrant(nordwind.config, answerIn(page), started.checks)
    assert.ok(tokens.id_token)
    const again = await browser.open(pushed.href)
    assert.equal(again.status, 400)
    assert.match(again.body, /class="reference"/)
  })

  run('signing out at a portal redirects back to it with its state', async ({ app, nordwind, person }) => {
    const { browser } = await person()
    const tokens = await open(browser, nordwind)
    const url = buildEndSessionUrl(nordwind.config, {
      id_token_hint: String(tokens.id_token),
      post_logout_redirect_uri: nordwind.signedOutUri,
      state: 'where I was',
    })
    const page = await browser.open(url.href)
    assert.match(page.body, /nordwind/)
    const done = await browser.submit(page, formTo(page, '/oidc/sign-out/confirm'))
    const back = answerIn(done)
    assert.equal(back.origin + back.pathname, nordwind.signedOutUri)
    assert.equal(back.searchParams.get('state'), 'where I was')
    assert.equal(await whoIs(app, browser), undefined)
  })

  run('a portal can send ui_locales and login_hint', async ({ app, nordwind }) => {
    for (const [locales, language] of [
      ['en', 'en'],
      ['fr en-GB de', 'en'],
      ['de', 'de'],
      ['fr', 'de'],
    ] as const) {
      const browser = app.browser(portalOrigin, 'de')
      const { url } = await begin(nordwind, { ui_locales: locales, login_hint: 'anna@example.org' })
      const page = await browser.open(url)
      assert.equal(page.headers.get('content-language'), language, locales)
      assert.match(page.body, new RegExp(`<html lang="${language}"`))
      assert.match(page.body, /value="anna@example.org"/)
      assert.match(page.body, /nordwind/)
    }
    const browser = app.browser(portalOrigin, 'de')
    const hint = '"><script>alert(1)</script>'
    const page = await browser.open((await begin(nordwind, { login_hint: hint })).url)
    assert.equal(page.status, 200)
    assert.ok(!page.body.includes('<script>alert'))
  })

  run('the answer contains the issuer, even if it is an error', async ({ app, nordwind, person }) => {
    const { browser } = await person()
    const refused = answerIn(await browser.open((await begin(nordwind, { scope: 'profile' })).url))
    assert.ok(refused.searchParams.get('error'))
    assert.equal(refused.searchParams.get('iss'), app.url)
    const granted = answerIn(await browser.open((await begin(nordwind)).url))
    assert.equal(granted.searchParams.get('iss'), app.url)
  })

  run('a person who takes long to sign in still arrives at the portal', async ({ app, nordwind, person }) => {
    const { email } = await person()
    const browser = app.browser(portalOrigin)
    const started = await begin(nordwind)
    const page = await browser.open(started.url)
    app.clock.advance(hour + minute)
    assert.ok((await finish(started, await signInOn(browser, page, email))).id_token)
  })

  // A portal accepts an answer only in the browser that it sent away, so the phone starts a new request, signed in.
  run(
    'a sign-in started in one browser leads to the portal’s start page in another one',
    async ({ app, nordwind, person }) => {
      const { browser: other, email } = await person()
      for (const more of [{}, { prompt: 'login' }, { max_age: '0' }]) {
        app.clock.advance(minute)
        const started = await begin(nordwind, more)
        const page = await app.browser(portalOrigin).open(started.url)
        const path = page.url.searchParams.get('continue') as string
        let opened = await other.open(app.url + path)
        if (opened.url.pathname === '/sign-in') opened = await signInOn(other, opened, email)
        assert.equal(opened.headers.get('location'), `${portalOrigin}/${nordwind.id}`, JSON.stringify(more))
      }
      const stranger = await app.browser(portalOrigin).open(`${app.url}/interaction/nobody-knows-this`)
      assert.equal(stranger.url.pathname, '/sign-in')
    },
  )

  run('going back in the browser does not lead to a dead end', async ({ app, nordwind, person }) => {
    const { email } = await person()
    const browser = app.browser(portalOrigin)
    const started = await begin(nordwind)
    const page = await browser.open(started.url)
    const path = page.url.searchParams.get('continue') as string
    assert.ok((await finish(started, await signInOn(browser, page, email))).id_token)

    const question = await browser.open(app.url + path)
    assert.equal(question.url.pathname, '/portals')
    assert.equal(question.status, 200)
    const resumed = await browser.open(`${app.url}${path.replace('/interaction/', '/oidc/authorize/')}`)
    assert.equal(resumed.status, 400)
    assert.match(resumed.body, /class="reference"/)
    assert.match(resumed.body, /href="\/(portals|sign-in)"/)
    const typedAgain = await signInOn(browser, page, email)
    assert.equal(typedAgain.url.pathname, '/portals')
    assert.ok((await open(browser, nordwind)).id_token)
  })

  run('a browser without cookies gets an explanation instead of a redirect loop', async ({ app, nordwind, person }) => {
    const { email } = await person()
    const browser = app.browser(portalOrigin)
    const page = await browser.open((await begin(nordwind)).url)
    ;(browser.cookies as Map<string, string>).clear()
    const again = await browser.open(`${app.url}${page.url.searchParams.get('continue')}`)
    assert.equal(again.url.pathname, '/sign-in')
    ;(browser.cookies as Map<string, string>).clear()
    assert.equal((await signInOn(browser, again, email)).status, 403)
  })

  run('the token endpoint refuses with OAuth error codes', async ({ app, nordwind }) => {
    const refused = [
      [{}, 'invalid_request'],
      [{ grant_type: 'password', username: 'a', password: 'b' }, 'unsupported_grant_type'],
      [{ grant_type: 'client_credentials' }, 'unsupported_grant_type'],
      [{ grant_type: 'authorization_code' }, 'invalid_request'],
      [{ grant_type: 'authorization_code', code: 'x', redirect_uri: nordwind.redirectUri }, 'invalid_grant'],
      [{ grant_type: 'refresh_token', refresh_token: 'x' }, 'invalid_grant'],
    ] as const
    for (const [fields, error] of refused) {
      const answer = await call(app, '/oidc/token', nordwind, fields)
      assert.equal(answer.status, 400)
      assert.match(answer.headers.get('cache-control') ?? '', /no-store/)
      assert.equal(await errorOf(answer), error, JSON.stringify(fields))
    }
    for (const [type, body] of [
      ['application/json', '{"grant_type":"x"}'],
      ['text/plain', 'grant_type=x'],
    ] as const) {
      const answer = await fetch(`${app.url}/oidc/token`, { method: 'POST', headers: { 'content-type': type }, body })
      assert.equal(await errorOf(answer), 'invalid_request', type)
    }
    const huge = new URLSearchParams({ grant_type: 'x'.repeat(2_000_000) })
    const answer = await fetch(`${app.url}/oidc/token`, { method: 'POST', body: huge }).catch(() => undefined)
    assert.ok(!answer || [400, 413].includes(answer.status), String(answer?.status))
  })

  run('userinfo requires a token', async ({ app, nordwind, person }) => {
    const { browser, subject } = await person()
    const { access_token: token } = await open(browser, nordwind)
    for (const authorization of [
      `Bearer ${token}x`,
      'Bearer',
      'Bearer  ',
      'Basic abc',
      `Bearer ${token} ${token}`,
      '',
    ]) {
      const answer = await fetch(`${app.url}/oidc/userinfo`, { headers: { authorization } })
      assert.ok([400, 401].includes(answer.status), `${authorization}: ${answer.status}`)
      assert.ok(!(await answer.text()).includes(subject))
    }
    const inQuery = await fetch(`${app.url}/oidc/userinfo?access_token=${token}`)
    assert.ok([400, 401].includes(inQuery.status))
    app.clock.advance(hour + minute)
    assert.equal((await userinfo(app, token)).status, 401)
  })

  run('after signing in at Einlass, portals open without a question', async (world) => {
    const { app, nordwind, suedstern, person } = world
    const { email } = await person()
    const browser = app.browser(portalOrigin)
    await signIn(app, browser, email)
    for (const portal of [nordwind, suedstern]) assert.ok((await open(browser, portal, { prompt: 'none' })).id_token)
    const page = await browser.open(`${app.url}/sign-out`)
    assert.match(page.body, /nordwind[\s\S]*suedstern/)
  })

  run('an internal error is a page with a reference, and an OAuth error for portals', async (world) => {
    const { app, nordwind, person } = world
    const { browser } = await person()
    const tokens = await open(browser, nordwind)
    const db = app.foundation.connection.migrator
    await db.schema.alterTable('engine_artifact').renameTo('engine_artifact_away').execute()
    try {
      const page = await browser.open((await begin(nordwind)).url)
      assert.equal(page.status, 500)
      assert.match(page.body, /class="reference"/)
      assert.doesNotMatch(page.body, /engine_artifact|node_modules|\.ts:/)
      const answer = await call(app, '/oidc/token', nordwind, { grant_type: 'refresh_token', refresh_token: 'x' })
      assert.equal(answer.status, 500)
      assert.equal(await errorOf(answer), 'server_error')
      assert.equal((await userinfo(app, tokens.access_token)).status, 500)
    } finally {
      await db.schema.alterTable('engine_artifact_away').renameTo('engine_artifact').execute()
    }
    assert.ok((await open(browser, nordwind)).id_token)
  })
})
