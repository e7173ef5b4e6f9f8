import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { hour } from '#kernel/duration.ts'
import { newId } from '#kernel/id.ts'
import { systemRandom } from '#kernel/random.ts'
import { startApp, type TestApp } from '../support/app.ts'
import type { ShownPage } from '../support/browser.ts'
import { onEachEngine } from '../support/engines.ts'
import { catchLog } from '../support/log.ts'
import { post } from '../support/pages.ts'
import { goodPassword, newEmail, newestLink, setPassword, signUp, subjectsTo } from '../support/people.ts'
import { sendRaw, statusOf } from '../support/raw-http.ts'
import { recoverySteps, tokenOf } from '../support/recovery.ts'

onEachEngine((engine) => {
  let app: TestApp

  before(async () => {
    app = await startApp({ engine })
  })

  // Refills the budgets.
  beforeEach(() => app.clock.advance(2 * hour))

  after(() => app.close())

  const { newAccount, requestLink, postRecover, mailsTo, passwordOpens } = recoverySteps(() => app)

  test('RST-1: a request with another Host header is refused, and no mail is sent', async () => {
    const { email } = await newAccount()
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

  test('RST-1: the link always leads to the configured URL, whatever the request’s headers say', async () => {
    const { email } = await newAccount()
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

  test('RST-7: malformed and multiple addresses are refused', async () => {
    const { email } = await newAccount()
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

  test('RST-7: the mail goes to the stored address, never to the text of the request', async () => {
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

  test('RST-8: the token does not stay in the URL, and does not reach the log or other servers', async () => {
    const { email } = await newAccount()
    const lines = catchLog(app.app)
    const browser = app.browser()
    const link = await requestLink(browser, email)
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

  test('RST-10: a thousand requests for one address send five mails, and lock nobody out', async () => {
    const { email, browser } = await newAccount()
    const before = (await subjectsTo(app, email)).length
    const answers: ShownPage[] = []
    for (let count = 0; count < 12; count++) answers.push(await postRecover(browser, { identifier: email }))
    const told = new Set(answers.map((page) => `${page.status} ${page.url.pathname}`))
    assert.deepEqual([...told], ['200 /recover/sent'])
    assert.ok((await subjectsTo(app, email)).length - before <= 5)
    assert.ok(await passwordOpens(email, goodPassword))
  })

  test('RST-13: every proved address is notified of the new password, and how to undo it', async () => {
    const { email, accountId } = await newAccount()
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
    await setPassword(browser, await requestLink(browser, second))
    for (const to of [email, second]) {
      assert.match((await subjectsTo(app, to))[0] ?? '', /geändert/)
      assert.equal(await newestLink(app, to), `${app.url}/recover`)
    }
    assert.deepEqual(await subjectsTo(app, claimed), [])
  })
})

test('RST-1, SES-8: only a configured proxy is trusted, and only for the client address', async () => {
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
