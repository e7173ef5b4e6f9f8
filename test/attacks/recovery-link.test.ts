import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { day, hour } from '#kernel/duration.ts'
import { newId } from '#kernel/id.ts'
import { systemRandom } from '#kernel/random.ts'
import { disable, secondNode, startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { post } from '../support/pages.ts'
import { askForLink, goodPassword, newEmail, newestLink, setPassword, signIn, whoIs } from '../support/people.ts'
import { otherPassword, recoverySteps, tokenOf } from '../support/recovery.ts'

onEachEngine((engine) => {
  let app: TestApp

  before(async () => {
    app = await startApp({ engine })
  })

  // Refills the budgets.
  beforeEach(() => app.clock.advance(2 * hour))

  after(() => app.close())

  const { newAccount, requestLink, postRecover, mailsTo, resetPassword, passwordOpens, eventsOf } = recoverySteps(
    () => app,
  )

  test('RST-2: no step can be skipped: a password cannot be set without the mailed token', async () => {
    const { email, accountId } = await newAccount()
    const attacker = app.browser()
    await postRecover(attacker, { identifier: email })
    await app.drainMail()
    const before = await app.database.read.passwords.find(accountId)
    for (const path of [
      '/recover/password',
      '/recover/password?verified=true',
      '/recover/link',
      '/recover/link?token=',
    ]) {
      assert.equal((await attacker.open(app.url + path)).status, 410, path)
    }
    for (const token of ['', 'x', 'undefined', '.', accountId, email, 'x'.repeat(300)]) {
      const answer = await resetPassword(attacker, token)
      assert.ok(answer.status === 410 || answer.status === 400, `${token} answered ${answer.status}`)
    }
    for (const path of ['/recover/done', '/recover/sent?mail=1'])
      assert.equal((await attacker.open(app.url + path)).status, 200)
    assert.equal(await whoIs(app, attacker), undefined)
    assert.deepEqual(await app.database.read.passwords.find(accountId), before)
    assert.ok(await passwordOpens(email, goodPassword))
  })

  test('RST-3: of twenty concurrent uses of a link, exactly one sets a password', async () => {
    const { email, accountId } = await newAccount()
    const token = tokenOf(await requestLink(app.browser(), email))
    // On PostgreSQL, half of the requests go to a second node.
    const second = engine === 'postgres' ? await secondNode(app) : undefined
    const browser = app.browser()
    const page = await browser.open(`${app.url}/recover`)
    const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ')
    const tries = Array.from({ length: 20 }, async (_, index) => {
      const password = `wettlauf der eichen ${index} und buchen`
      const node = second && index % 2 === 1 ? second : app
      const answer = await node.app.inject({
        method: 'POST',
        url: '/recover/password',
        headers: { host: new URL(node.url).host, cookie, 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams({
          csrf: page.forms[0]?.fields.csrf ?? '',
          token,
          new_password: password,
        }).toString(),
      })
      return { password, status: answer.statusCode, body: answer.body }
    })
    const answers = await Promise.all(tries)
    await second?.close()
    const won = answers.filter((answer) => answer.status === 303)
    assert.equal(won.length, 1)
    for (const lost of answers.filter((answer) => answer.status !== 303)) {
      assert.equal(lost.status, 410)
      assert.match(lost.body, /schon benutzt/)
    }
    const said = await eventsOf(accountId)
    assert.equal(said.filter((event) => event === 'password.changed').length, 1)
    assert.equal(said.filter((event) => event === 'session.all-ended').length, 1)
    await app.drainMail()
    // Either node may have sent the mail.
    const mails = [app, ...(second ? [second] : [])].flatMap((node) => node.mailbox())
    assert.equal(mails.filter(({ to, subject }) => to === email && /geändert/.test(subject)).length, 1)
    assert.ok(await passwordOpens(email, won[0]?.password ?? ''))
    assert.ok(!(await passwordOpens(email, answers.find((answer) => answer.status === 410)?.password ?? '')))
  })

  test('RST-4: only the newest link works, and older ones explain why they do not', async () => {
    const { email, accountId } = await newAccount()
    const browser = app.browser()
    const links = [
      await requestLink(browser, email),
      await requestLink(browser, email),
      await requestLink(browser, email),
    ]
    for (const older of links.slice(0, 2)) {
      const page = await browser.open(older)
      assert.equal(page.status, 410)
      assert.match(page.body, /neueren Link/)
      assert.equal((await resetPassword(browser, tokenOf(older))).status, 410)
    }
    assert.equal((await resetPassword(browser, tokenOf(links[2] ?? ''), otherPassword)).url.pathname, '/recover/done')
    assert.equal((await resetPassword(browser, tokenOf(links[2] ?? ''))).status, 410)
    assert.ok(await passwordOpens(email, otherPassword))
    assert.equal((await eventsOf(accountId)).filter((event) => event === 'recovery.link-refused').length, 3)
  })

  test('RST-4: disabling the account invalidates all links, even after it is enabled again', async () => {
    const { email, accountId } = await newAccount()
    const link = await requestLink(app.browser(), email)
    await disable(app, accountId)
    assert.equal((await resetPassword(app.browser(), tokenOf(link))).status, 410)
    const mails = mailsTo(email).length
    await postRecover(app.browser(), { identifier: email })
    await app.drainMail()
    const [disabled] = mailsTo(email)
    assert.equal(mailsTo(email).length, mails + 1)
    assert.ok(!disabled?.text.includes('token='), 'a link for a disabled account')
    await app.database.inTransaction(({ accounts }) => accounts.enable(accountId))
    assert.equal((await resetPassword(app.browser(), tokenOf(link))).status, 410)
  })

  test('RST-5: opening a link without submitting the form does not consume it', async () => {
    const { email } = await newAccount()
    const link = await requestLink(app.browser(), email)
    const scanners = [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) SafeLinks',
      'Mozilla/5.0 (compatible; ProofpointURLDefense)',
      'Barracuda Sentinel (EE)',
      'facebookexternalhit/1.1',
      'curl/8.0',
      '',
    ]
    for (const agent of scanners) {
      for (const method of ['HEAD', 'GET', 'GET']) {
        const jar = await fetch(link, { method, redirect: 'manual', headers: { 'user-agent': agent } })
        assert.equal(jar.status, 303)
        const cookie = jar.headers
          .getSetCookie()
          .map((line) => line.slice(0, line.indexOf(';')))
          .join('; ')
        const page = await fetch(`${app.url}/recover/password`, { method, headers: { cookie, 'user-agent': agent } })
        assert.equal(page.status, 200)
        const body = await page.text()
        assert.doesNotMatch(body, /http-equiv="?refresh/i)
        assert.doesNotMatch(body, /onload|onfocus|\.submit\(/)
      }
    }
    const browser = app.browser()
    for (let opened = 0; opened < 5; opened++) assert.equal((await browser.open(link)).status, 200)
    assert.equal((await setPassword(browser, link)).url.pathname, '/recover/done')
  })

  test('RST-6: the account is determined by the link only, whatever else is sent', async () => {
    const [attacker, victim] = [await newAccount(), await newAccount()]
    const token = tokenOf(await requestLink(attacker.browser, attacker.email))
    const before = await app.database.read.passwords.find(victim.accountId)
    const page = await attacker.browser.open(`${app.url}/recover`)
    const answer = await post(
      attacker.browser,
      page,
      `/recover/password?account=${victim.accountId}&identifier=${victim.email}`,
      {
        token,
        new_password: otherPassword,
        account: victim.accountId,
        account_id: victim.accountId,
        accountId: victim.accountId,
        user: victim.accountId,
        sub: victim.accountId,
        identifier: victim.email,
        email: victim.email,
      },
    )
    assert.equal(answer.url.pathname, '/recover/done')
    assert.deepEqual(await app.database.read.passwords.find(victim.accountId), before)
    assert.ok(await whoIs(app, victim.browser))
    assert.ok(await passwordOpens(attacker.email, otherPassword))
  })

  test('RST-9, D10: setting a new password does not sign in, and does not change other ways', async () => {
    const { email, browser, accountId } = await newAccount()
    const link = { providerId: 'net', subject: accountId, accountId, linkedAt: 1, lastUsedAt: 1, quarantinedAt: null }
    await app.database.inTransaction(({ federatedIdentifiers }) => federatedIdentifiers.insertIfFree(link))
    const fresh = app.browser()
    const done = await setPassword(fresh, await requestLink(fresh, email))
    assert.equal(done.url.pathname, '/recover/done')
    assert.equal(await whoIs(app, fresh), undefined)
    assert.ok(![...fresh.cookies.keys()].some((name) => name.includes('session') || name.includes('known')))
    assert.deepEqual(await app.database.read.federatedIdentifiers.listOfAccount(accountId), [link])
    const own = await setPassword(browser, await requestLink(browser, email))
    assert.equal(own.url.pathname, '/recover/done')
    assert.equal(await whoIs(app, browser), undefined)
  })

  test('PRE-2, SES-3: a recovery ends all sessions in every browser', async () => {
    const { email, browser, accountId } = await newAccount()
    const other = app.browser()
    await signIn(app, other, email)
    assert.ok(await whoIs(app, other))
    const owner = app.browser()
    await setPassword(owner, await requestLink(owner, email))
    for (const each of [browser, other]) assert.equal(await whoIs(app, each), undefined)
    const known = [...browser.cookies].find(([name]) => name.includes('known'))?.[1] ?? ''
    const hash = app.foundation.secrets.hash('known-browser', known)
    assert.deepEqual(await app.database.read.knownBrowsers.list(hash, app.clock.now()), [])
    assert.ok((await eventsOf(accountId)).includes('session.all-ended'))
  })

  test('PRE-4: links mailed before a recovery do not work after it', async () => {
    const { email, accountId } = await newAccount()
    await app.database.inTransaction(async ({ passwords }) => {
      for (let failures = 0; failures < 99; failures++) await passwords.fail(accountId)
    })
    assert.ok(!(await passwordOpens(email, 'ein falsches passwort')))
    const announced = await newestLink(app, email)
    const newest = await requestLink(app.browser(), email)
    await setPassword(app.browser(), newest)
    for (const old of [announced, newest])
      assert.equal((await resetPassword(app.browser(), tokenOf(old), otherPassword)).status, 410)
    assert.ok(await passwordOpens(email, goodPassword))
  })

  test('PRE-7: a link of another purpose, a forged one or a planted cookie cannot set a password', async () => {
    const { accountId } = await newAccount()
    const attacker = app.browser()
    const before = await app.database.read.passwords.find(accountId)
    const signUpToken = tokenOf(await askForLink(app, attacker, '/sign-up', newEmail()))
    const { secrets } = app.foundation
    const foreign = [
      signUpToken,
      secrets.issue('link').token,
      secrets.issue('session').token,
      attacker.cookies.get('einlass-browser') ?? '',
      secrets.hash('link', signUpToken),
    ]
    for (const token of foreign) assert.equal((await resetPassword(attacker, token)).status, 410)
    const cookies = attacker.cookies as Map<string, string>
    for (const token of foreign) {
      cookies.set('einlass-link', token)
      assert.equal((await attacker.open(`${app.url}/recover/password`)).status, 410)
    }
    assert.deepEqual(await app.database.read.passwords.find(accountId), before)
    const asSignUp = await post(attacker, await attacker.open(`${app.url}/sign-up`), '/sign-up/complete', {
      token: tokenOf(await requestLink(app.browser(), (await newAccount()).email)),
      name: 'Mallory',
      new_password: otherPassword,
    })
    assert.equal(asSignUp.status, 410)
  })

  test('RST-11: a link is valid for a day and not a minute longer', async () => {
    const { email } = await newAccount()
    const browser = app.browser()
    const link = await requestLink(browser, email)
    app.clock.advance(day - 60_000)
    assert.equal((await browser.open(link)).status, 200)
    app.clock.advance(120_000)
    const page = await browser.open(link)
    assert.equal(page.status, 410)
    assert.match(page.body, /abgelaufen/)
    assert.equal((await resetPassword(browser, tokenOf(link))).status, 410)
  })

  test('RST-14: an address that is only claimed cannot recover a profile with a password or a proved address', async () => {
    const { email, accountId, browser } = await newAccount()
    const stranger = newEmail()
    const now = app.clock.now()
    await app.database.inTransaction(({ identifiers }) =>
      identifiers.insert(
        {
          id: newId(systemRandom),
          accountId,
          kind: 'email',
          canonical: stranger,
          display: stranger,
          provedAt: null,
          primary: false,
        },
        now,
      ),
    )
    assert.equal(await requestLink(app.browser(), stranger), `${app.url}/sign-in`)
    assert.ok(await whoIs(app, browser))
    assert.ok(await passwordOpens(email, goodPassword))
    assert.ok(!(await passwordOpens(stranger, goodPassword)))
  })
})
