import assert from 'node:assert/strict'
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose'
import { hour, minute } from '#kernel/duration.ts'
import { rotateSigningKeys } from '#oidc/index.ts'
import type { TestApp } from '../support/app.ts'
import { formTo } from '../support/pages.ts'
import { open, type Tokens } from '../support/relying-party.ts'
import { inWorlds } from '../support/world.ts'

async function keySet(app: TestApp): Promise<JSONWebKeySet> {
  return (await fetch(`${app.url}/oidc/jwks`)).json()
}

const keyOf = ({ id_token: token }: Tokens) => String(decodeProtectedHeader(String(token)).kid)

function rotate({ foundation }: TestApp) {
  const { clock, random, secrets, database } = foundation
  return rotateSigningKeys({ clock, random, secrets, read: database.read, inTransaction: database.inTransaction })
}

async function verifies(app: TestApp, { id_token: token }: Tokens, keys: JSONWebKeySet): Promise<boolean> {
  const expected = { issuer: app.url, currentDate: new Date() }
  return jwtVerify(String(token), createLocalJWKSet(keys), expected).then(
    () => true,
    () => false,
  )
}

inWorlds((attack) => {
  attack('KEY-1: a key is published before it signs, and stays published until nothing needs it', async (world) => {
    const { app, nordwind, person } = world
    const { browser } = await person()
    const begun = await keySet(app)
    const before = await open(browser, nordwind)
    const { keyIds, activeAt, retiredAt } = await rotate(app)
    assert.ok(await verifies(app, await open(browser, nordwind), begun), 'before the server knows')

    await app.refreshKeys()
    const published = (await keySet(app)).keys.map(({ kid }) => kid)
    for (const kid of [...keyIds, ...begun.keys.map((key) => key.kid)]) assert.ok(published.includes(kid))
    app.clock.advance(activeAt - app.clock.now() - minute)
    await app.refreshKeys()
    const waiting = await open(browser, nordwind)
    assert.equal(keyOf(waiting), keyOf(before), 'portals may not know the new key yet')

    // The portal's cached key set is as old as allowed.
    const kept = await keySet(app)
    app.clock.advance(2 * minute)
    await app.refreshKeys()
    const after = await open(browser, nordwind)
    assert.ok(keyIds.includes(keyOf(after)))
    assert.ok(await verifies(app, after, kept))
    assert.ok(await verifies(app, before, await keySet(app)))
    const hint = `${app.url}/oidc/sign-out?id_token_hint=${before.id_token}`
    assert.ok(formTo(await browser.open(hint), '/oidc/sign-out/confirm'), 'an old token is known as a hint')
    assert.equal(
      (await open(browser, nordwind, { prompt: 'none', id_token_hint: String(before.id_token) })).scope,
      'openid profile email',
    )

    app.clock.advance(retiredAt - app.clock.now())
    await app.refreshKeys()
    assert.deepEqual((await keySet(app)).keys.map(({ kid }) => kid).sort(), [...keyIds].sort())
    assert.equal(await verifies(app, before, await keySet(app)), false)
    assert.equal((await browser.open(hint)).status, 400)
  })

  attack('KEY-1: after two rotations in a row, the first key signs until the new one may', async (world) => {
    const { app, nordwind, person } = world
    const { browser } = await person()
    const before = await open(browser, nordwind)
    await rotate(app)
    app.clock.advance(10 * minute)
    const { keyIds } = await rotate(app)
    await app.refreshKeys()
    assert.equal(keyOf(await open(browser, nordwind)), keyOf(before))
    app.clock.advance(2 * hour)
    await app.refreshKeys()
    assert.ok(keyIds.includes(keyOf(await open(browser, nordwind))))
    assert.ok(await verifies(app, before, await keySet(app)))
  })

  attack('KEY-1: ES256 and RS256 keys are published, without private parts', async ({ app }) => {
    const { keys } = await keySet(app)
    assert.deepEqual([...new Set(keys.map(({ alg }) => alg))].sort(), ['ES256', 'RS256'])
    assert.equal(new Set(keys.map(({ kid }) => kid)).size, keys.length)
    for (const key of keys) {
      assert.equal(key.use, 'sig')
      for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) assert.ok(!(secret in key))
    }
  })

  attack('KEY-1: private keys are encrypted where they are stored', async ({ app }) => {
    const rows = await app.foundation.connection.migrator.selectFrom('signing_key').selectAll().execute()
    assert.ok(rows.length >= 2)
    for (const row of rows) {
      assert.doesNotMatch(row.private_key, /"d"|"kty"|[{}]/)
      const jwk = JSON.parse(app.foundation.secrets.decrypt('signing-key', row.private_key))
      assert.ok(jwk.d)
      assert.ok(!row.private_key.includes(jwk.d))
      assert.throws(() => app.foundation.secrets.decrypt('client-secret', row.private_key))
    }
  })
})
