import assert from 'node:assert/strict'
import { disable } from '../support/app.ts'
import { formTo } from '../support/pages.ts'
import { signIn } from '../support/people.ts'
import {
  addPortal,
  answerIn,
  assertDead,
  begin,
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

inWorlds((attack) => {
  attack('OP-9: signing in after another person in the same browser gives no access to their data', async (world) => {
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

  attack('OP-9: signing in over another person’s session ends it with all its tokens', async (world) => {
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

  attack('OP-9: an authorization started with a session does not outlive it', async (world) => {
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

  attack('OP-11: an account disabled between code and token gets no token', async ({ app, nordwind, person }) => {
    const { browser, subject } = await person()
    const tokens = await open(browser, nordwind, offline)
    const started = await begin(nordwind)
    const code = codeIn(await browser.open(started.url))
    await disable(app, subject)
    assert.equal(await errorOf(await exchange(app, started, code)), 'invalid_grant')
    await assertDead(app, nordwind, tokens)
    assert.equal((await browser.open((await begin(nordwind)).url)).url.pathname, '/sign-in')
  })

  attack('OP-11: a portal closed to the person between code and token gets no token', async (world) => {
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

  attack('portals opened concurrently in one browser all work', async (world) => {
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
