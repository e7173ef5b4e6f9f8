import assert from 'node:assert/strict'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { minute } from '#kernel/duration.ts'
import { disable } from '../support/app.ts'
import { formTo } from '../support/pages.ts'
import { askForLink, setPassword, whoIs } from '../support/people.ts'
import { assertDead, offline, open, portalOrigin, signInAt } from '../support/relying-party.ts'
import { inWorlds } from '../support/world.ts'

inWorlds((run) => {
  run('signing out at Einlass notifies every portal once', async (world) => {
    const { app, nordwind, suedstern, backChannel, person } = world
    const { browser, subject } = await person()
    const sids = new Map<string, unknown>()
    for (const portal of [nordwind, suedstern]) sids.set(portal.id, (await open(browser, portal)).claims()?.sid)
    await open(browser, nordwind)
    const page = await browser.open(`${app.url}/sign-out`)
    assert.match(page.body, /nordwind[\s\S]*suedstern/)
    await browser.submit(page, formTo(page, '/sign-out'))
    await app.drainMail()
    const tokens = backChannel.take()
    assert.deepEqual(tokens.map(({ portal }) => portal).sort(), ['nordwind', 'suedstern'])
    const keys = createRemoteJWKSet(new URL(`${app.url}/oidc/jwks`))
    for (const { portal, token } of tokens) {
      const { payload, protectedHeader } = await jwtVerify(token, keys, {
        issuer: app.url,
        audience: portal,
        typ: 'logout+jwt',
        requiredClaims: ['iat', 'exp', 'jti', 'events', 'sid', 'sub'],
      })
      assert.equal(protectedHeader.alg, 'ES256')
      assert.equal(payload.sub, subject)
      assert.equal(payload.sid, sids.get(portal))
      assert.ok(payload.sid)
      assert.deepEqual(payload.events, { 'http://schemas.openid.net/event/backchannel-logout': {} })
      assert.equal('nonce' in payload, false)
      assert.ok((payload.exp as number) - (payload.iat as number) <= 5 * 60)
    }
  })

  run('signing out at a portal notifies every portal once', async (world) => {
    const { app, nordwind, suedstern, backChannel, person } = world
    const { browser } = await person()
    const hint = String((await open(browser, nordwind)).id_token)
    const tokens = await open(browser, suedstern, offline)
    const query = new URLSearchParams({
      id_token_hint: hint,
      post_logout_redirect_uri: nordwind.signedOutUri,
      state: 's',
    })
    const page = await browser.open(`${app.url}/oidc/sign-out?${query}`)
    const done = await browser.submit(page, formTo(page, '/oidc/sign-out/confirm'))
    assert.equal(done.headers.get('location'), `${nordwind.signedOutUri}?state=s`)
    assert.equal(await whoIs(app, browser), undefined)
    await assertDead(app, suedstern, tokens)
    await app.drainMail()
    assert.deepEqual(
      backChannel
        .take()
        .map(({ portal }) => portal)
        .sort(),
      ['nordwind', 'suedstern'],
    )
  })

  run('a recovery ends the sessions at the portals', async (world) => {
    const { app, nordwind, backChannel, person } = world
    const { browser, email } = await person()
    const elsewhere = app.browser(portalOrigin)
    const here = await open(browser, nordwind, offline)
    const there = await signInAt(elsewhere, nordwind, email)
    const owner = app.browser()
    await setPassword(owner, await askForLink(app, owner, '/recover', email))
    for (const tokens of [here, there]) await assertDead(app, nordwind, tokens)
    await app.drainMail()
    assert.equal(backChannel.take().length, 2)
    for (const each of [browser, elsewhere]) assert.equal(await whoIs(app, each), undefined)
  })

  run('disabling an account ends the sessions at the portals', async (world) => {
    const { app, nordwind, backChannel, person } = world
    const { browser, subject } = await person()
    await open(browser, nordwind)
    await disable(app, subject)
    await app.drainMail()
    assert.equal(backChannel.take().length, 1)
  })

  run('OP-7, F28: a portal that is down does not delay the sign-out, and is notified later', async (world) => {
    const { app, nordwind, backChannel, person } = world
    for (const state of ['down', 'silent'] as const) {
      const { browser } = await person()
      await open(browser, nordwind)
      backChannel.become(state)
      const asked = backChannel.asked()
      const page = await browser.open(`${app.url}/oidc/sign-out`)
      const done = await browser.submit(page, formTo(page, '/oidc/sign-out/confirm'))
      assert.equal(done.url.pathname, '/sign-out')
      assert.equal(await whoIs(app, browser), undefined)
      await asked
      assert.deepEqual(backChannel.take(), [])
      backChannel.become('well')
      await app.drainMail()
      app.clock.advance(10 * minute)
      await app.drainMail()
      assert.deepEqual(
        backChannel.take().map(({ portal }) => portal),
        ['nordwind'],
      )
    }
  })
})
