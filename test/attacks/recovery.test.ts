import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { day, hour } from '#kernel/duration.ts'
import { newId } from '#kernel/id.ts'
import { systemRandom } from '#kernel/random.ts'
import { disable, secondNode, startApp, type TestApp } from '../support/app.ts'
import type { ShownPage } from '../support/browser.ts'
import { onEachEngine } from '../support/engines.ts'
import { catchLog } from '../support/log.ts'
import { post } from '../support/pages.ts'
import {
  askForLink,
  goodPassword,
  newEmail,
  newestLink,
  setPassword,
  signIn,
  signInOn,
  signUp,
  subjectsTo,
  whoIs,
} from '../support/people.ts'
import { sendRaw, statusOf } from '../support/raw-http.ts'
import { otherPassword, recoverySteps, tokenOf } from '../support/recovery.ts'

onEachEngine((engine) => {
  let app: TestApp

  before(async () => {
    app = await startApp({ engine })
  })
  // Every test has the budgets for itself.
  beforeEach(() => app.clock.advance(2 * hour))
  after(() => app.close())

  const { join, ask, asks, mailsTo, reset, opensWith, events } = recoverySteps(() => app)

  test('RST-1: a request by another name is refused, and no mail goes out', async () => {
    const { email } = await join()
    const browser = app.browser()
    const page = await browser.open(`${app.url}/recover`)
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const body = new URLSearchParams({ csrf: page.forms[0]?.fields.csrf ?? '', identifier: email }).toString()
    const { host, port } = new URL(app.url)
    const send = (line: string, hosts: readonly string[]) =>
      sendRaw(
        app.url,
        [
          `POST ${line} HTTP/1.1`,
          ...hosts.map((name) => `Host: ${name}`),
          `Cookie: ${cookie}`,
          'Content-Type: application/x-www-form-urlencoded',
          `Content-Length: ${body.length}`,
          'Connection: close',
          '',
          body,
        ].join('\r\n'),
      )
    const before = mailsTo(email).length
    const poisoned: readonly [string, readonly string[]][] = [
      ['/recover', ['evil.example']],
      ['/recover', ['localhost']],
      ['/recover', [`localhost:1${port}`]],
      ['/recover', [`localhost.:${port}`]],
      ['/recover', [`evil.example:${port}`]],
      ['/recover', [`${host}.evil.example`]],
      ['/recover', [`evil.example@${host}`]],
      ['/recover', [`${host}@evil.example`]],
      ['/recover', [`LOCALHOST:${port}`]],
      ['/recover', ['']],
      ['/recover', []],
      ['/recover', [host, 'evil.example']],
      ['/recover', ['evil.example', host]],
      ['/recover', [host, host]],
      ['/recover', [`${host}, evil.example`]],
      [`http://${host}/recover`, ['evil.example']],
      ['http://evil.example/recover', [host]],
      [`http://evil.example@${host}/recover`, [host]],
      ['//evil.example/recover', [host]],
    ]
    for (const [line, hosts] of poisoned) {
      const status = statusOf(await send(line, hosts))
      assert.ok([400, 403, 404, 421].includes(status), `${line} ${hosts.join()} answered ${status}`)
    }
    await app.drainMail()
    assert.equal(mailsTo(email).length, before)
    assert.equal(statusOf(await send('/recover', [host])), 303)
    assert.equal(new URL(await newestLink(app, email)).origin, app.url)
  })

  test('RST-1: whatever a request says of itself, the link leads to the configured address', async () => {
    const { email } = await join()
    const headers = {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-server': 'evil.example',
      'x-forwarded-port': '666',
      'x-forwarded-proto': 'https',
      'x-host': 'evil.example',
      'x-original-host': 'evil.example',
      'x-original-url': 'https://evil.example/',
      forwarded: 'for=1.2.3.4;host=evil.example;proto=https',
      origin: app.url,
      referer: 'https://evil.example/',
    }
    const browser = app.browser()
    const page = await browser.open(`${app.url}/recover`)
    const answer = await fetch(`${app.url}/recover`, {
      method: 'POST',
      redirect: 'manual',
      headers: { ...headers, cookie: [...browser.cookies].map((pair) => pair.join('=')).join('; ') },
      body: new URLSearchParams({ ...page.forms[0]?.fields, identifier: email }),
    })
    assert.equal(answer.status, 303)
    assert.ok(answer.headers.get('location')?.startsWith('/recover/sent?'))
    const link = await newestLink(app, email)
    assert.equal(new URL(link).origin, app.url)
    const mail = mailsTo(email)[0]
    assert.ok(!`${mail?.html}${mail?.text}`.includes('evil.example'))
  })

  test('RST-2: no step can be skipped: without the token of the mail nothing sets a password', async () => {
    const { email, accountId } = await join()
    const attacker = app.browser()
    await asks(attacker, { identifier: email })
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
      const answer = await reset(attacker, token)
      assert.ok(answer.status === 410 || answer.status === 400, `${token} answered ${answer.status}`)
    }
    for (const path of ['/recover/done', '/recover/sent?mail=1'])
      assert.equal((await attacker.open(app.url + path)).status, 200)
    assert.equal(await whoIs(app, attacker), undefined)
    assert.deepEqual(await app.database.read.passwords.find(accountId), before)
    assert.ok(await opensWith(email, goodPassword))
  })

  test('RST-3: of twenty who use one link at the same moment exactly one sets a password', async () => {
    const { email, accountId } = await join()
    const token = tokenOf(await ask(app.browser(), email))
    // PostgreSQL serves several nodes: half of the tries go to a second one.
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
    const said = await events(accountId)
    assert.equal(said.filter((event) => event === 'password.changed').length, 1)
    assert.equal(said.filter((event) => event === 'session.all-ended').length, 1)
    assert.equal((await subjectsTo(app, email)).filter((subject) => /geändert/.test(subject)).length, 1)
    assert.ok(await opensWith(email, won[0]?.password ?? ''))
    assert.ok(!(await opensWith(email, answers.find((answer) => answer.status === 410)?.password ?? '')))
  })

  test('RST-4: the newest link alone is good, and explains the older ones', async () => {
    const { email, accountId } = await join()
    const browser = app.browser()
    const links = [await ask(browser, email), await ask(browser, email), await ask(browser, email)]
    for (const older of links.slice(0, 2)) {
      const page = await browser.open(older)
      assert.equal(page.status, 410)
      assert.match(page.body, /neueren Link/)
      assert.equal((await reset(browser, tokenOf(older))).status, 410)
    }
    assert.equal((await reset(browser, tokenOf(links[2] ?? ''), otherPassword)).url.pathname, '/recover/done')
    assert.equal((await reset(browser, tokenOf(links[2] ?? ''))).status, 410)
    assert.ok(await opensWith(email, otherPassword))
    assert.equal((await events(accountId)).filter((event) => event === 'recovery.link-refused').length, 3)
  })

  test('RST-4: all links are dead after the account was disabled, and stay dead when it is enabled again', async () => {
    const { email, accountId } = await join()
    const link = await ask(app.browser(), email)
    await disable(app, accountId)
    assert.equal((await reset(app.browser(), tokenOf(link))).status, 410)
    const mails = mailsTo(email).length
    await asks(app.browser(), { identifier: email })
    await app.drainMail()
    const [disabled] = mailsTo(email)
    assert.equal(mailsTo(email).length, mails + 1)
    assert.ok(!disabled?.text.includes('token='), 'a link for a disabled account')
    await app.database.inTransaction(({ accounts }) => accounts.enable(accountId))
    assert.equal((await reset(app.browser(), tokenOf(link))).status, 410)
  })

  test('RST-5: whoever opens a link without sending the form uses nothing up', async () => {
    const { email } = await join()
    const link = await ask(app.browser(), email)
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

  test('RST-6: the account comes from the link alone, whatever else is sent', async () => {
    const [attacker, victim] = [await join(), await join()]
    const token = tokenOf(await ask(attacker.browser, attacker.email))
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
    assert.ok(await opensWith(attacker.email, otherPassword))
  })

  test('RST-7: an address that is none, or several, is refused', async () => {
    const { email } = await join()
    const attacker = newEmail()
    const browser = app.browser()
    const page = await browser.open(`${app.url}/recover`)
    const csrf = page.forms[0]?.fields.csrf ?? ''
    const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ')
    const send = (body: string, type = 'application/x-www-form-urlencoded') =>
      fetch(`${app.url}/recover`, {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie, 'content-type': type, 'sec-fetch-site': 'same-origin' },
        body,
      })
    const before = app.mailbox().length
    const [a, b] = [encodeURIComponent(email), encodeURIComponent(attacker)]
    const bodies = [
      `identifier[]=${a}&identifier[]=${b}`,
      `identifier[]=${a}`,
      `identifier[0]=${a}&identifier[1]=${b}`,
      `identifier=${a}&identifier=${b}`,
      `identifier=${a}&identifie%72=${b}`,
      `identifier=${a}%2C${b}`,
      `identifier=${a}%3B${b}`,
      `identifier=${a}+${b}`,
      `identifier=${a}%0A${b}`,
      `identifier=${a}%00${b}`,
      `identifier=%3C${a}%3E`,
      `identifier=${encodeURIComponent(JSON.stringify([email, attacker]))}`,
      `identifier=${encodeURIComponent(JSON.stringify({ $ne: null }))}`,
      'identifier=null',
      'identifier=',
      '',
    ]
    for (const body of bodies) {
      const { status } = await send(`csrf=${encodeURIComponent(csrf)}&${body}`)
      assert.equal(status, 400, body)
    }
    for (const [type, body] of [
      ['application/json', JSON.stringify({ csrf, identifier: [email, attacker] })],
      ['text/plain', `csrf=${csrf}&identifier=${a}`],
      [
        'multipart/form-data; boundary=x',
        `--x\r\nContent-Disposition: form-data; name="identifier"\r\n\r\n${email}\r\n--x--`,
      ],
      ['application/xml', '<identifier/>'],
    ] as const) {
      assert.equal((await send(body, type)).status, 415, type)
    }
    await app.drainMail()
    assert.equal(app.mailbox().length, before)
  })

  test('RST-7: the mail goes to the address as its owner wrote it, never to what was typed', async () => {
    const local = newEmail().replace('@example.org', '')
    const stored = `Anna.${local}@example.org`
    const browser = app.browser()
    await signUp(app, browser, stored)
    for (const [path, subject] of [
      ['/recover', /Passwort/],
      ['/sign-up', /schon ein Profil/],
    ] as const) {
      const page = await browser.open(app.url + path)
      const typed = `  aNNA.${local.toUpperCase()}@EXAMPLE.ORG `
      await post(browser, page, path, { identifier: typed, 'identifier[]': newEmail(), email: newEmail() })
      await app.drainMail()
      const [mail] = app.mailbox()
      assert.equal(mail?.to, stored)
      assert.match(mail?.subject ?? '', subject)
    }
  })

  test('RST-8: the token stays out of the address, of the log and of other people’s servers', async () => {
    const { email } = await join()
    const lines = catchLog(app.app)
    const browser = app.browser()
    const link = await ask(browser, email)
    const token = tokenOf(link)
    const page = await browser.open(link)
    assert.equal(page.url.href, `${app.url}/recover/password`)
    assert.equal(page.headers.get('referrer-policy'), 'same-origin')
    assert.match(page.headers.get('cache-control') ?? '', /no-store/)
    const referred = [...page.body.matchAll(/(?:src|href|action)="?([^"\s>]+)/g)].map(([, to]) => to ?? '')
    for (const to of referred) {
      assert.equal(new URL(to.replaceAll('&amp;', '&'), page.url).origin.replace('null', app.url), app.url, to)
      assert.ok(!to.includes(token))
    }
    await setPassword(browser, link)
    await browser.open(link)
    await browser.open(`${app.url}/no/such/page?token=${token}`)
    await browser.open(`${app.url}/recover/link%ff?token=${token}`)
    await sendRaw(
      app.url,
      `GET /recover/link?token=${token} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
    )
    await sendRaw(app.url, `GET /recover/link?token=${token} HTTP/1.1\r\nBroken header\r\n\r\n`)
    const log = lines().join('')
    assert.ok(log.includes('/recover/password'), 'nothing was logged')
    assert.ok(!log.includes(token) && !log.includes(goodPassword))
    app.app.log.level = 'silent'
  })

  test('RST-9, D10: a new password signs nobody in, and leaves the other ways as they are', async () => {
    const { email, browser, accountId } = await join()
    const link = { providerId: 'net', subject: accountId, accountId, linkedAt: 1, lastUsedAt: 1, quarantinedAt: null }
    await app.database.inTransaction(({ federatedIdentifiers }) => federatedIdentifiers.insertIfFree(link))
    const fresh = app.browser()
    const done = await setPassword(fresh, await ask(fresh, email))
    assert.equal(done.url.pathname, '/recover/done')
    assert.equal(await whoIs(app, fresh), undefined)
    assert.ok(![...fresh.cookies.keys()].some((name) => name.includes('session') || name.includes('known')))
    assert.deepEqual(await app.database.read.federatedIdentifiers.listOfAccount(accountId), [link])
    const own = await setPassword(browser, await ask(browser, email))
    assert.equal(own.url.pathname, '/recover/done')
    assert.equal(await whoIs(app, browser), undefined)
  })

  test('PRE-2, SES-3: whoever was signed in is out after a recovery, in every browser', async () => {
    const { email, browser, accountId } = await join()
    const other = app.browser()
    await signIn(app, other, email)
    assert.ok(await whoIs(app, other))
    const owner = app.browser()
    await setPassword(owner, await ask(owner, email))
    for (const each of [browser, other]) assert.equal(await whoIs(app, each), undefined)
    const known = [...browser.cookies].find(([name]) => name.includes('known'))?.[1] ?? ''
    const hash = app.foundation.secrets.hash('known-browser', known)
    assert.deepEqual(await app.database.read.knownBrowsers.list(hash, app.clock.now()), [])
    assert.ok((await events(accountId)).includes('session.all-ended'))
  })

  test('PRE-4: what was mailed before a recovery opens nothing after it', async () => {
    const { email, accountId } = await join()
    await app.database.inTransaction(async ({ passwords }) => {
      for (let failures = 0; failures < 99; failures++) await passwords.fail(accountId)
    })
    assert.ok(!(await opensWith(email, 'ein falsches passwort')))
    const announced = await newestLink(app, email)
    const newest = await ask(app.browser(), email)
    await setPassword(app.browser(), newest)
    for (const old of [announced, newest])
      assert.equal((await reset(app.browser(), tokenOf(old), otherPassword)).status, 410)
    assert.ok(await opensWith(email, goodPassword))
  })

  test('PRE-7: a link of another purpose, a made-up one or a planted cookie sets no password', async () => {
    const { accountId } = await join()
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
    for (const token of foreign) assert.equal((await reset(attacker, token)).status, 410)
    const cookies = attacker.cookies as Map<string, string>
    for (const token of foreign) {
      cookies.set('einlass-link', token)
      assert.equal((await attacker.open(`${app.url}/recover/password`)).status, 410)
    }
    assert.deepEqual(await app.database.read.passwords.find(accountId), before)
    const asSignUp = await post(attacker, await attacker.open(`${app.url}/sign-up`), '/sign-up/complete', {
      token: tokenOf(await ask(app.browser(), (await join()).email)),
      name: 'Mallory',
      new_password: otherPassword,
    })
    assert.equal(asSignUp.status, 410)
  })

  test('RST-10: a thousand requests for one address are five mails, and lock nobody out', async () => {
    const { email, browser } = await join()
    const before = (await subjectsTo(app, email)).length
    const answers: ShownPage[] = []
    for (let count = 0; count < 12; count++) answers.push(await asks(browser, { identifier: email }))
    const told = new Set(answers.map((page) => `${page.status} ${page.url.pathname}`))
    assert.deepEqual([...told], ['200 /recover/sent'])
    assert.ok((await subjectsTo(app, email)).length - before <= 5)
    assert.ok(await opensWith(email, goodPassword))
  })

  test('RST-11: a link is good for a day and not a minute longer', async () => {
    const { email } = await join()
    const browser = app.browser()
    const link = await ask(browser, email)
    app.clock.advance(day - 60_000)
    assert.equal((await browser.open(link)).status, 200)
    app.clock.advance(120_000)
    const page = await browser.open(link)
    assert.equal(page.status, 410)
    assert.match(page.body, /abgelaufen/)
    assert.equal((await reset(browser, tokenOf(link))).status, 410)
  })

  test('RST-13: every confirmed address is told of the new password, and how to undo it', async () => {
    const { email, accountId } = await join()
    const second = newEmail()
    const claimed = newEmail()
    await app.database.inTransaction(async ({ identifiers }) => {
      const row = { accountId, kind: 'email', primary: false } as const
      const now = app.clock.now()
      await identifiers.insert(
        { ...row, id: newId(systemRandom), canonical: second, display: second, provedAt: now },
        now,
      )
      await identifiers.insert(
        { ...row, id: newId(systemRandom), canonical: claimed, display: claimed, provedAt: null },
        now,
      )
    })
    const browser = app.browser()
    await setPassword(browser, await ask(browser, second))
    for (const to of [email, second]) {
      assert.match((await subjectsTo(app, to))[0] ?? '', /geändert/)
      assert.equal(await newestLink(app, to), `${app.url}/recover`)
    }
    assert.deepEqual(await subjectsTo(app, claimed), [])
  })

  test('RST-14: an address that is only claimed opens no profile that has a password or a proved address', async () => {
    const { email, accountId, browser } = await join()
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
    assert.equal(await ask(app.browser(), stranger), `${app.url}/sign-in`)
    assert.ok(await whoIs(app, browser))
    assert.ok(await opensWith(email, goodPassword))
    assert.ok(!(await opensWith(stranger, goodPassword)))
  })

  test('D8: after a hundred failures the password is disabled, the owner is told, and the mailed link mends it', async () => {
    const { email, browser, accountId } = await join()
    await app.database.inTransaction(async ({ passwords }) => {
      for (let failures = 0; failures < 99; failures++) await passwords.fail(accountId)
    })
    assert.ok(await opensWith(email, goodPassword), 'the hundredth try was right')
    assert.equal((await app.database.read.passwords.find(accountId))?.failures, 0)
    await app.database.inTransaction(async ({ passwords }) => {
      for (let failures = 0; failures < 99; failures++) await passwords.fail(accountId)
    })
    assert.ok(!(await opensWith(email, 'ein falsches passwort')))
    assert.ok(!(await opensWith(email, goodPassword)), 'the right password, after a hundred wrong ones')
    assert.ok(await whoIs(app, browser), 'whoever is signed in stays so')
    const link = await newestLink(app, email)
    assert.match((await subjectsTo(app, email))[0] ?? '', /gesperrt/)
    assert.equal((await subjectsTo(app, email)).filter((subject) => /gesperrt/.test(subject)).length, 1)
    await setPassword(app.browser(), link)
    assert.ok(await opensWith(email, goodPassword))
    assert.ok((await events(accountId)).includes('password.disabled'))
  })

  test('D8, F20: strangers who spend the tries of a network do not lock a known browser in it out', async () => {
    const { email, browser } = await join()
    const { secrets } = app.foundation
    const now = app.clock.now()
    const keys = ['127.0.0.0/24', '0:0:0::/48'].map((network) => secrets.keyed('counter', `sign-in.network ${network}`))
    await app.database.inTransaction(async ({ throttle }) => {
      for (const key of keys) await throttle.take(key, now, hour, 0)
    })
    assert.equal((await signIn(app, app.browser(), email)).status, 429)
    assert.equal((await signIn(app, browser, email)).url.pathname, '/profile')
    await app.database.inTransaction(async ({ throttle }) => {
      for (const key of keys) await throttle.delete(key)
    })
  })

  test('D8: strangers who spend the tries of a name do not lock its owner’s browser out', async () => {
    const { email, browser } = await join()
    const stranger = app.browser()
    const page = await stranger.open(`${app.url}/sign-in`)
    const statuses: number[] = []
    for (let tries = 0; tries < 12; tries++)
      statuses.push((await signInOn(stranger, page, email, 'geraten und falsch')).status)
    assert.deepEqual(statuses.slice(0, 10), Array(10).fill(401))
    assert.deepEqual(statuses.slice(10), [429, 429])
    assert.ok(!(await opensWith(email, goodPassword)), 'a new browser waits')
    assert.equal((await signIn(app, browser, email)).url.pathname, '/profile')
    // Somebody else's known browser is a stranger's.
    const other = await join()
    assert.equal((await signIn(app, other.browser, email)).status, 429)
  })
})

test('RST-1, SES-8: only a configured proxy is believed, and only about the address of the visitor', async () => {
  for (const [trustedProxies, seen] of [
    [[], /^(127\.0\.0\.0\/24|0:0:0::\/48)$/],
    [['127.0.0.0/8', '::1'], /^198\.51\.100\.0\/24$/],
  ] as const) {
    const app = await startApp({ engine: 'sqlite', config: { trustedProxies } })
    const email = newEmail()
    const browser = app.browser()
    const page = await browser.open(`${app.url}/sign-up`)
    await fetch(`${app.url}/sign-up`, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        cookie: [...browser.cookies].map((pair) => pair.join('=')).join('; '),
        'x-forwarded-for': '203.0.113.9, 198.51.100.7',
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'https',
        'x-real-ip': '192.0.2.1',
        'client-ip': '192.0.2.1',
        forwarded: 'for=192.0.2.1',
      },
      body: new URLSearchParams({
        ...page.forms.find((form) => 'identifier' in form.fields)?.fields,
        identifier: email,
      }),
    })
    assert.equal(new URL(await newestLink(app, email)).origin, app.url)
    const rows = await app.foundation.connection.migrator.selectFrom('audit').select('client_network').execute()
    assert.equal(rows.length, 1)
    assert.match(rows[0]?.client_network ?? '', seen)
    await app.close()
  }
})
