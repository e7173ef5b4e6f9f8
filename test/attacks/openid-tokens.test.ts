import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { removePortal } from '#features/portal/index.ts'
import { day, second } from '#kernel/duration.ts'
import { secondNode, type TestApp } from '../support/app.ts'
import {
  addPortal,
  answerIn,
  assertDead,
  begin,
  call,
  codeIn,
  errorOf,
  exchange,
  offline,
  open,
  refresh,
  times,
  userinfo,
} from '../support/relying-party.ts'
import { inWorlds } from '../support/world.ts'

/** Ages everything that the engine has stored of a model. */
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

inWorlds((attack) => {
  attack('OP-9: a portal that is added under the id of a removed one does not inherit its grants', async (world) => {
    const { app, person } = world
    const first = await addPortal(app, 'weststern')
    const { browser } = await person()
    const started = await begin(first, offline)
    const tokens = await (await exchange(app, started, codeIn(await browser.open(started.url)))).json()
    assert.equal((await refresh(app, first, tokens.refresh_token)).status, 200)

    const { clock, random, database } = app.foundation
    const deps = { clock, random, inTransaction: database.inTransaction }
    assert.equal(await removePortal(deps, 'weststern'), true)
    assert.equal(await removePortal(deps, 'weststern'), false)
    const db = app.foundation.connection.migrator
    const removals = await db.selectFrom('audit').select('details').where('event', '=', 'portal.removed').execute()
    assert.deepEqual(
      removals.map(({ details }) => JSON.parse(details)),
      [{ portal: 'weststern' }],
    )

    const second = await addPortal(app, 'weststern')
    assert.equal(await errorOf(await refresh(app, second, tokens.refresh_token)), 'invalid_grant')
    assert.equal((await userinfo(app, tokens.access_token)).status, 401)
    const again = await begin(second)
    assert.equal((await exchange(app, again, codeIn(await browser.open(again.url)))).status, 200)
  })

  attack('OP-1: a code used 20 times concurrently gives tokens once; later reuse revokes them', async (world) => {
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
    'OP-2: concurrent uses of a refresh token give one successor; later reuse revokes the family',
    async (world) => {
      const { app, nordwind, person } = world
      const { browser } = await person()
      const other = app.engine === 'postgres' ? await secondNode(app) : app
      try {
        const tokens = await open(browser, nordwind, offline)
        // Portals authenticate, so the token is not rotated until most of its lifetime is over (decision D9).
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

  attack('OP-2: a refresh concurrent with a revocation yields no valid token', async ({ app, nordwind, person }) => {
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

  attack('OP-3: codes and tokens of one portal are not accepted from another', async (world) => {
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

  attack('OP-3: every endpoint requires client authentication', async ({ app, nordwind, suedstern, person }) => {
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

  attack('OP-3: a DPoP proof is accepted only once', async ({ app, nordwind, person }) => {
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

  attack('OP-4: requests without PKCE or with the plain method are refused', async ({ app, nordwind, person }) => {
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
})
