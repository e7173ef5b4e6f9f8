import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { day, hour, second } from '#kernel/duration.ts'
import { createTestClock, disable, secondNode, startApp, type TestApp } from '../support/app.ts'
import { formTo } from '../support/pages.ts'
import { signIn, signInOn, signUp, whoIs } from '../support/people.ts'
import {
  addPortal,
  answerIn,
  assertDead,
  begin,
  call,
  codeIn,
  errorOf,
  exchange,
  finish,
  open,
  portalOrigin,
  refresh,
  userinfo,
} from '../support/relying-party.ts'
import { inWorlds } from '../support/world.ts'

const offline = { scope: 'openid offline_access', prompt: 'consent' }

/** What the engine stored under a model is this much older from now on. */
async function age(app: TestApp, model: string, milliseconds: number): Promise<void> {
  const db = app.foundation.connection.migrator
  const rows = await db.selectFrom('engine_artifact').selectAll().where('model', '=', model).execute()
  for (const row of rows) {
    const payload = JSON.parse(row.payload)
    for (const claim of ['iat', 'iiat', 'exp']) if (payload[claim]) payload[claim] -= milliseconds / second
    await db
      .updateTable('engine_artifact')
      .set({ payload: JSON.stringify(payload), expires_at: Number(row.expires_at) - milliseconds })
      .where('model', '=', model)
      .where('id', '=', row.id)
      .execute()
  }
}

const times = <T>(count: number, run: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => run(index)))

inWorlds((attack) => {
  attack('OP-1: a code used 20 times at once gives tokens once; used later, it takes them back', async (world) => {
    const { app, nordwind, person } = world
    const { browser } = await person()
    const other = app.engine === 'postgres' ? await secondNode(app) : app
    try {
      const started = await begin(nordwind, offline)
      const code = codeIn(await browser.open(started.url))
      const answers = await times(20, (index) => exchange(index % 2 === 0 ? app : other, started, code))
      const good = answers.filter(({ status }) => status === 200)
      assert.equal(good.length, 1)
      for (const bad of answers.filter(({ status }) => status !== 200)) {
        assert.equal(await errorOf(bad), 'invalid_grant')
      }

      const once = await begin(nordwind, offline)
      const used = codeIn(await browser.open(once.url))
      const tokens = await (await exchange(app, once, used)).json()
      assert.equal((await userinfo(app, tokens.access_token)).status, 200)
      assert.equal(await errorOf(await exchange(other, once, used)), 'invalid_grant')
      await assertDead(app, nordwind, tokens)
    } finally {
      if (other !== app) await other.close()
    }
  })

  attack(
    'OP-2: a refresh token has one successor however often it comes at once; used later, the family is dead',
    async (world) => {
      const { app, nordwind, person } = world
      const { browser } = await person()
      const other = app.engine === 'postgres' ? await secondNode(app) : app
      try {
        const tokens = await open(browser, nordwind, offline)
        // Portals prove who they are, so that the token is kept until most of its life is over (decision D9).
        const early = await times(5, () => refresh(app, nordwind, tokens.refresh_token))
        for (const answer of early) assert.equal((await answer.json()).refresh_token, tokens.refresh_token)

        await age(app, 'RefreshToken', 12 * day)
        const late = await times(20, (index) => refresh(index % 2 === 0 ? app : other, nordwind, tokens.refresh_token))
        const successors = await Promise.all(late.map(async (answer) => (await answer.json()).refresh_token))
        assert.equal(new Set(successors).size, 1)
        const successor = await (await refresh(app, nordwind, successors[0])).json()
        assert.notEqual(successor.refresh_token, tokens.refresh_token)

        app.clock.advance(31 * second)
        assert.equal(await errorOf(await refresh(app, nordwind, tokens.refresh_token)), 'invalid_grant')
        await assertDead(app, nordwind, successor)
      } finally {
        if (other !== app) await other.close()
      }
    },
  )

  attack('OP-2: whatever is refreshed while it is revoked is revoked', async ({ app, nordwind, person }) => {
    const { browser } = await person()
    const tokens = await open(browser, nordwind, offline)
    await age(app, 'RefreshToken', 12 * day)
    const [answer, ...refreshed] = await Promise.all([
      call(app, '/oidc/revoke', nordwind, { token: tokens.refresh_token }),
      ...Array.from({ length: 5 }, () => refresh(app, nordwind, tokens.refresh_token)),
    ])
    assert.equal(answer.status, 200)
    await assertDead(app, nordwind, tokens)
    for (const each of refreshed) if (each.status === 200) await assertDead(app, nordwind, await each.json())
  })

  attack('OP-3: codes and tokens of one portal are nothing to another one', async (world) => {
    const { app, nordwind, suedstern, person } = world
    const { browser } = await person()
    const started = await begin(nordwind)
    const code = codeIn(await browser.open(started.url))
    const theirs = { ...started, portal: { ...suedstern, redirectUri: nordwind.redirectUri } }
    assert.equal(await errorOf(await exchange(app, theirs, code)), 'invalid_grant')
    assert.equal((await exchange(app, started, code)).status, 200)

    const tokens = await open(browser, nordwind, offline)
    assert.equal(await errorOf(await refresh(app, suedstern, tokens.refresh_token)), 'invalid_grant')
    for (const token of [tokens.access_token, tokens.refresh_token]) {
      assert.deepEqual(await (await call(app, '/oidc/introspect', suedstern, { token })).json(), { active: false })
      await call(app, '/oidc/revoke', suedstern, { token })
    }
    assert.equal((await refresh(app, nordwind, tokens.refresh_token)).status, 200)
    assert.equal((await userinfo(app, tokens.access_token)).status, 200)
  })

  attack('OP-3: a portal proves who it is wherever it calls', async ({ app, nordwind, suedstern, person }) => {
    const { browser } = await person()
    const tokens = await open(browser, nordwind, offline)
    const calls = [
      ['/oidc/token', { grant_type: 'refresh_token', refresh_token: tokens.refresh_token }],
      ['/oidc/revoke', { token: tokens.refresh_token }],
      ['/oidc/introspect', { token: tokens.refresh_token }],
      ['/oidc/request', { response_type: 'code', redirect_uri: nordwind.redirectUri }],
    ] as const
    for (const [path, fields] of calls) {
      const wrong = { id: nordwind.id, secret: suedstern.secret }
      for (const credentials of ['basic', 'post'] as const) {
        const answer = await call(app, path, wrong, fields, credentials)
        assert.equal(answer.status, 401, path)
        assert.equal(await errorOf(answer), 'invalid_client', path)
      }
      const without = await call(app, path, nordwind, fields, 'none')
      assert.equal(without.status, 401, path)
      const twice = await call(app, path, nordwind, { ...fields, client_secret: nordwind.secret })
      assert.equal(await errorOf(twice), 'invalid_request', path)
    }
    assert.equal((await refresh(app, nordwind, tokens.refresh_token)).status, 200)
  })

  attack('OP-3: a proof of possession is good for one request', async ({ app, nordwind, person }) => {
    const { browser } = await person()
    const { publicKey, privateKey } = await generateKeyPair('ES256')
    const prove = async () =>
      new SignJWT({ htm: 'POST', htu: `${app.url}/oidc/token`, jti: randomUUID() })
        .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: await exportJWK(publicKey) })
        .setIssuedAt()
        .sign(privateKey)
    const started = await begin(nordwind, offline)
    const code = codeIn(await browser.open(started.url))
    const bound = await (await exchange(app, started, code, { dpop: await prove() })).json()
    assert.equal(bound.token_type, 'DPoP')
    assert.equal((await userinfo(app, bound.access_token)).status, 401, 'without the key')

    const dpop = await prove()
    const fields = { grant_type: 'refresh_token', refresh_token: bound.refresh_token }
    const answers = await times(10, () => call(app, '/oidc/token', nordwind, fields, 'basic', { dpop }))
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    assert.equal((await call(app, '/oidc/token', nordwind, fields, 'basic', { dpop })).status, 400)
    assert.equal((await call(app, '/oidc/token', nordwind, fields, 'basic', { dpop: await prove() })).status, 200)
  })

  attack('OP-4: no sign-in without PKCE, and none with the plain method', async ({ app, nordwind, person }) => {
    const { browser } = await person()
    const verifier = 'v'.repeat(43)
    const refused: Record<string, string | undefined>[] = [
      { code_challenge: undefined, code_challenge_method: undefined },
      { code_challenge: verifier, code_challenge_method: 'plain' },
      { code_challenge: verifier, code_challenge_method: undefined },
      { code_challenge: verifier, code_challenge_method: 's256' },
    ]
    for (const more of refused) {
      const { url } = await begin(nordwind, more)
      const answer = answerIn(await browser.open(url))
      assert.equal(answer.searchParams.get('error'), 'invalid_request', JSON.stringify(more))
      assert.equal(answer.searchParams.has('code'), false)
    }
    const wrong = [undefined, verifier, createHash('sha256').update(verifier).digest('base64url')]
    for (const pkceCodeVerifier of wrong) {
      const started = await begin(nordwind)
      const code = codeIn(await browser.open(started.url))
      const checks = { ...started.checks, pkceCodeVerifier: pkceCodeVerifier as string }
      const error = await errorOf(await exchange(app, { ...started, checks }, code))
      assert.ok(error === 'invalid_grant' || error === 'invalid_request', String(error))
    }
  })

  attack('OP-6: a link to the sign-out asks first and changes nothing', async ({ app, nordwind, person }) => {
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
    // A picture on another site sends no form and reads no page.
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const picture = await fetch(`${app.url}/oidc/sign-out`, { headers: { cookie, 'sec-fetch-site': 'cross-site' } })
    assert.equal(picture.headers.get('cross-origin-resource-policy'), 'same-origin')
    assert.ok(await whoIs(app, browser))
  })

  attack('OP-6: signing out leads to no address that the portal did not register', async (world) => {
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

  attack('OP-6: only our own page confirms a sign-out', async ({ app, nordwind, person }) => {
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
    // The engine's router takes these for the same address; ours must not.
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

  attack('OP-6: who is not signed in goes on to where the portal wants, with its state', async (world) => {
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

  attack('OP-8: prompt=none shows no page, whatever is wrong', async ({ app, nordwind, person }) => {
    const stranger = app.browser(portalOrigin)
    const silent = await begin(nordwind, { prompt: 'none' })
    const refused = answerIn(await stranger.open(silent.url))
    assert.equal(refused.searchParams.get('error'), 'login_required')
    assert.equal(refused.searchParams.get('state'), silent.checks.expectedState)

    const { browser } = await person()
    const started = await begin(nordwind, { prompt: 'none' })
    assert.ok((await finish(started, await browser.open(started.url))).id_token)
    for (const more of [{ max_age: '0' }, { prompt: 'none login' }]) {
      const answer = answerIn(await browser.open((await begin(nordwind, { prompt: 'none', ...more })).url))
      assert.ok(answer.searchParams.has('error'))
    }
  })

  attack('OP-8: prompt=login and max_age=0 want a proof given after the question', async (world) => {
    const { app, nordwind, person } = world
    const { browser, email } = await person()
    const before = (await open(browser, nordwind)).claims()?.auth_time as number
    for (const more of [{ prompt: 'login' }, { max_age: '0' }]) {
      app.clock.advance(5 * second)
      const started = await begin(nordwind, more)
      const page = await browser.open(started.url)
      assert.equal(page.url.pathname, '/sign-in')
      // Going back to the question without an answer asks once more.
      const again = await browser.open(`${app.url}${page.url.searchParams.get('continue')}`)
      assert.equal(again.url.pathname, '/sign-in')
      const tokens = await finish(started, await signInOn(browser, page, email))
      const after = tokens.claims()?.auth_time as number
      assert.ok(after > before, `auth_time ${after} is not younger than ${before}`)
    }
  })

  attack('OP-8: max_age wants a proof that is no older', async (world) => {
    // The engine looks at the machine's time: the sign-in was two hours ago, since the clock was behind.
    const clock = createTestClock()
    clock.advance(-2 * hour)
    const app = await startApp({ engine: world.app.engine, clock })
    try {
      const portal = await addPortal(app, 'nordwind')
      const browser = app.browser(portalOrigin)
      await signUp(app, browser, 'anna@example.org')
      clock.advance(2 * hour)
      const old = await open(browser, portal, { max_age: String(3 * 3600) })
      assert.ok(Number(old.claims()?.auth_time) <= Date.now() / 1000 - 7200)
      const silent = answerIn(await browser.open((await begin(portal, { max_age: '3600', prompt: 'none' })).url))
      assert.equal(silent.searchParams.get('error'), 'login_required')
      const started = await begin(portal, { max_age: '3600' })
      const page = await browser.open(started.url)
      assert.equal(page.url.pathname, '/sign-in')
      const fresh = await finish(started, await signInOn(browser, page, 'anna@example.org'))
      assert.ok(Number(fresh.claims()?.auth_time) >= Number(old.claims()?.auth_time) + 7200)
    } finally {
      await app.close()
    }
  })

  attack('OP-8: auth_time is when the person proved to be there, not when the portal asked', async (world) => {
    const { app, nordwind, person } = world
    const { browser } = await person()
    const first = (await open(browser, nordwind)).claims()
    app.clock.advance(hour)
    const second = (await open(browser, nordwind)).claims()
    assert.equal(second?.auth_time, first?.auth_time)
    assert.ok(await whoIs(app, browser))
  })

  attack('OP-8: a portal that means one person gets nobody else', async ({ app, nordwind, person }) => {
    const anna = await person()
    const hint = String((await open(anna.browser, nordwind)).id_token)
    const ben = await person()
    await open(ben.browser, nordwind)
    const silent = await begin(nordwind, { id_token_hint: hint, prompt: 'none' })
    assert.equal(answerIn(await ben.browser.open(silent.url)).searchParams.get('error'), 'login_required')

    const started = await begin(nordwind, { id_token_hint: hint })
    const asked = await ben.browser.open(started.url)
    assert.equal(asked.url.pathname, '/sign-in')
    const stillBen = await signInOn(ben.browser, asked, ben.email)
    assert.equal(answerIn(stillBen).searchParams.get('error'), 'login_required')
    const again = await begin(nordwind, { id_token_hint: hint })
    const nowAnna = await signInOn(ben.browser, await ben.browser.open(again.url), anna.email)
    assert.equal((await finish(again, nowAnna)).claims()?.sub, anna.subject)
    assert.equal((await whoIs(app, ben.browser))?.subject, anna.subject)
  })

  attack('OP-9: who signs in after somebody else in one browser gets nothing of theirs', async (world) => {
    const { app, nordwind, suedstern, person } = world
    const anna = await person()
    const { browser } = anna
    const tokens = await open(browser, nordwind, offline)
    const started = await begin(suedstern)
    const code = codeIn(await browser.open(started.url))
    const engineCookie = browser.cookies.get('einlass-engine')
    const page = await browser.open(`${app.url}/sign-out`)
    await browser.submit(page, formTo(page, '/sign-out'))
    await assertDead(app, nordwind, tokens)
    assert.equal(await errorOf(await exchange(app, started, code)), 'invalid_grant')

    const ben = await person()
    await signIn(app, browser, ben.email)
    const bens = await open(browser, nordwind)
    assert.equal(bens.claims()?.sub, ben.subject)
    assert.notEqual(browser.cookies.get('einlass-engine'), engineCookie)
    await assertDead(app, nordwind, tokens)
  })

  attack('OP-9: signing in over somebody else’s session ends it with all its tokens', async (world) => {
    const { app, nordwind, backChannel, person } = world
    const anna = await person()
    const ben = await person()
    const tokens = await open(anna.browser, nordwind, offline)
    await signIn(app, anna.browser, ben.email)
    await assertDead(app, nordwind, tokens)
    const bens = await open(anna.browser, nordwind)
    assert.equal(bens.claims()?.sub, ben.subject)
    await app.drainMail()
    assert.deepEqual(
      backChannel.take().map(({ portal }) => portal),
      ['nordwind'],
    )
  })

  attack('OP-9: an answer begun with a session that ends meanwhile does not outlive it', async (world) => {
    const { app, nordwind, person } = world
    const { browser, email } = await person()
    const tokens = await open(browser, nordwind)
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const started = await begin(nordwind)
    const page = await browser.open(`${app.url}/sign-out`)
    const [answers] = await Promise.all([
      times(10, () => fetch(started.url, { headers: { cookie }, redirect: 'manual' })),
      browser.submit(page, formTo(page, '/sign-out')),
    ])
    for (const answer of answers) {
      const code = new URL(answer.headers.get('location') ?? '', app.url).searchParams.get('code')
      if (code) assert.equal(await errorOf(await exchange(app, started, code)), 'invalid_grant')
    }
    await assertDead(app, nordwind, tokens)
    const left = await app.foundation.connection.migrator
      .selectFrom('engine_artifact')
      .select('model')
      .where('session_id', 'is not', null)
      .where('session_id', 'not in', (query) => query.selectFrom('session').select('id'))
      .execute()
    assert.deepEqual(left, [])
    assert.equal((await signIn(app, browser, email)).status, 200)
  })

  attack('OP-11: an account disabled between the code and the token gets none', async ({ app, nordwind, person }) => {
    const { browser, subject } = await person()
    const tokens = await open(browser, nordwind, offline)
    const started = await begin(nordwind)
    const code = codeIn(await browser.open(started.url))
    await disable(app, subject)
    assert.equal(await errorOf(await exchange(app, started, code)), 'invalid_grant')
    await assertDead(app, nordwind, tokens)
    assert.equal((await browser.open((await begin(nordwind)).url)).url.pathname, '/sign-in')
  })

  attack('OP-11: a portal closed to the person between the code and the token gives none', async (world) => {
    const { app, person } = world
    const access = { kind: 'mail-domains', domains: ['example.org'] } as const
    const club = await addPortal(app, `club-${app.engine}`, { access })
    const { browser } = await person()
    const tokens = await open(browser, club, offline)
    const started = await begin(club)
    const code = codeIn(await browser.open(started.url))
    const closed = JSON.stringify({ ...access, domains: ['firma.example'] })
    const db = app.foundation.connection.migrator
    await db.updateTable('portal').set({ access: closed }).where('id', '=', club.id).execute()
    assert.equal(await errorOf(await exchange(app, started, code)), 'invalid_grant')
    assert.equal(await errorOf(await refresh(app, club, tokens.refresh_token)), 'invalid_grant')
    assert.equal((await userinfo(app, tokens.access_token)).status, 401)

    const page = await browser.open((await begin(club)).url)
    assert.equal(page.status, 403)
    assert.match(page.body, new RegExp(club.id))
    const silent = answerIn(await browser.open((await begin(club, { prompt: 'none' })).url))
    assert.equal(silent.searchParams.get('error'), 'access_denied')
    const portals = await browser.open(`${app.url}/portals`)
    assert.doesNotMatch(portals.body, new RegExp(club.id))
  })

  attack('portals opened at the same moment in one browser all stay open', async (world) => {
    const { app, nordwind, suedstern, backChannel, person } = world
    const { browser } = await person()
    await open(browser, nordwind)
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const started = await Promise.all([nordwind, suedstern, suedstern, nordwind].map((portal) => begin(portal)))
    const tokens = await Promise.all(
      started.map(async (each) => {
        const answer = await fetch(each.url, { headers: { cookie }, redirect: 'manual' })
        const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') as string
        const exchanged = await exchange(app, each, code)
        assert.equal(exchanged.status, 200, await exchanged.clone().text())
        return exchanged.json()
      }),
    )
    for (const { access_token: token } of tokens) assert.equal((await userinfo(app, token)).status, 200)
    const page = await browser.open(`${app.url}/sign-out`)
    await browser.submit(page, formTo(page, '/sign-out'))
    for (const { access_token: token } of tokens) assert.equal((await userinfo(app, token)).status, 401)
    await app.drainMail()
    assert.deepEqual(
      backChannel
        .take()
        .map(({ portal }) => portal)
        .sort(),
      ['nordwind', 'suedstern'],
    )
  })
})
