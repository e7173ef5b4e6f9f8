import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { hour } from '#kernel/duration.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { goodPassword, newestLink, setPassword, signIn, signInOn, subjectsTo, whoIs } from '../support/people.ts'
import { recoverySteps } from '../support/recovery.ts'

onEachEngine((engine) => {
  let app: TestApp

  before(async () => {
    app = await startApp({ engine })
  })

  // Refills the budgets.
  beforeEach(() => app.clock.advance(2 * hour))

  after(() => app.close())

  const { newAccount, passwordOpens, eventsOf } = recoverySteps(() => app)

  test('D8: after a hundred failures the password is disabled, and the owner gets a mail with a link that sets a new one', async () => {
    const { email, browser, accountId } = await newAccount()
    await app.database.inTransaction(async ({ passwords }) => {
      for (let failures = 0; failures < 99; failures++) await passwords.fail(accountId)
    })
    assert.ok(await passwordOpens(email, goodPassword), 'the hundredth try was right')
    assert.equal((await app.database.read.passwords.find(accountId))?.failures, 0)
    await app.database.inTransaction(async ({ passwords }) => {
      for (let failures = 0; failures < 99; failures++) await passwords.fail(accountId)
    })
    assert.ok(!(await passwordOpens(email, 'ein falsches passwort')))
    assert.ok(!(await passwordOpens(email, goodPassword)), 'the right password, after a hundred wrong ones')
    assert.ok(await whoIs(app, browser), 'whoever is signed in stays so')
    const link = await newestLink(app, email)
    assert.match((await subjectsTo(app, email))[0] ?? '', /gesperrt/)
    assert.equal((await subjectsTo(app, email)).filter((subject) => /gesperrt/.test(subject)).length, 1)
    await setPassword(app.browser(), link)
    assert.ok(await passwordOpens(email, goodPassword))
    assert.ok((await eventsOf(accountId)).includes('password.disabled'))
  })

  test('D8, F20: strangers who exhaust the budget of a client network do not lock out a known browser in it', async () => {
    const { email, browser } = await newAccount()
    const { secrets } = app.foundation
    const now = app.clock.now()
    const keys = ['127.0.0.0/24', '0:0:0::/48'].map((network) =>
      secrets.keyed('counter', `sign-in.client-network ${network}`),
    )
    await app.database.inTransaction(async ({ throttle }) => {
      for (const key of keys) await throttle.take(key, now, hour, 0)
    })
    assert.equal((await signIn(app, app.browser(), email)).status, 429)
    assert.equal((await signIn(app, browser, email)).url.pathname, '/profile')
    await app.database.inTransaction(async ({ throttle }) => {
      for (const key of keys) await throttle.delete(key)
    })
  })

  test('D8: strangers who exhaust the budget of a name do not lock out its owner’s browser', async () => {
    const { email, browser } = await newAccount()
    const stranger = app.browser()
    const page = await stranger.open(`${app.url}/sign-in`)
    const statuses: number[] = []
    for (let tries = 0; tries < 12; tries++)
      statuses.push((await signInOn(stranger, page, email, 'geraten und falsch')).status)
    assert.deepEqual(statuses.slice(0, 10), Array(10).fill(401))
    assert.deepEqual(statuses.slice(10), [429, 429])
    assert.ok(!(await passwordOpens(email, goodPassword)), 'a new browser waits')
    assert.equal((await signIn(app, browser, email)).url.pathname, '/profile')
    // A browser known to another account counts as a stranger's.
    const other = await newAccount()
    assert.equal((await signIn(app, other.browser, email)).status, 429)
  })
})
