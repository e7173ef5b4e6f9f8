import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { startApp } from '../support/app.ts'
import { catchLog } from '../support/log.ts'
import { answerFor, startTestNetworks } from '../support/networks.ts'
import { post } from '../support/pages.ts'
import { askForLink, goodPassword, newestLink, setPassword, signInOn, signUp } from '../support/people.ts'
import { sendRaw } from '../support/raw-http.ts'

test('LOG-1: for any input, an event is logged as one line of JSON without control characters', async (t) => {
  const app = await startApp({ engine: 'sqlite' })
  t.after(app.close)
  const lines = catchLog(app.app)
  const nasty = 'x\r\n{"level":60,"msg":"forged"}\u001b[31m\u0007\u2028"}\\'
  const browser = app.browser()
  const page = await browser.open(
    `${app.url}/sign-in?identifier=${encodeURIComponent(nasty)}&continue=${encodeURIComponent(nasty)}`,
  )
  await signInOn(browser, page, nasty, nasty)
  await post(browser, page, '/recover', { identifier: nasty, continue: nasty, [nasty]: nasty })
  await post(browser, page, '/language', { locale: nasty, path: nasty })
  await browser.open(`${app.url}/${encodeURIComponent(nasty)}`)
  await browser.open(
    `${app.url}/sign-in/with/${encodeURIComponent(nasty.slice(0, 20))}/callback?error=${encodeURIComponent(nasty)}`,
  )
  const { host } = new URL(app.url)
  for (const header of [
    'User-Agent: \u001b[31mx',
    'Referer: \u001b]0;x\u0007',
    'X-Forwarded-For: \u001b[2Jx',
    'Cookie: a=\u001b[2J',
  ]) {
    await sendRaw(app.url, `GET /sign-in HTTP/1.1\r\nHost: ${host}\r\n${header}\r\nConnection: close\r\n\r\n`)
  }
  assert.ok(lines().length >= 8)
  for (const line of lines()) {
    assert.match(line, /^[^\n]*\n$/)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the test looks for them
    assert.doesNotMatch(line.trimEnd(), /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/)
    assert.notEqual(JSON.parse(line).msg, 'forged')
  }
})

test('LOG-2: no password, token, code, cookie or key appears in the log, in the database file or on an error page', async (t) => {
  const app = await startApp({ engine: 'sqlite' })
  t.after(app.close)
  const networks = await startTestNetworks(app)
  t.after(networks.close)
  const lines = catchLog(app.app)
  const secrets = new Map<string, string>()
  const shown: string[] = []
  const keep = (name: string, value: string | undefined | null) => {
    assert.ok(value && value.length >= 8, `nothing to look for: ${name}`)
    secrets.set(name, value)
  }
  const otherPassword = 'sieben alte eichen am weg'
  const wrong = 'ein ganz falsches passwort'
  keep('password', goodPassword)
  keep('new password', otherPassword)
  keep('wrong password', wrong)

  const email = 'anna@gmail.com'
  const browser = app.browser()
  await signUp(app, browser, email)
  keep('sign-up token', new URL(await newestLink(app, email)).searchParams.get('token'))
  for (const [name, value] of browser.cookies) keep(`cookie ${name}`, decodeURIComponent(value))
  const page = await browser.open(`${app.url}/sign-in?again=1`)
  keep('form token', page.forms[0]?.fields.csrf)
  shown.push((await signInOn(browser, page, email, wrong)).body)
  const link = await askForLink(app, browser, '/recover', email)
  keep('recovery token', new URL(link).searchParams.get('token'))
  const form = await browser.open(link)
  shown.push(
    (
      await post(browser, form, '/recover/password', {
        token: new URL(link).searchParams.get('token') ?? '',
        new_password: 'kurz',
      })
    ).body.replace(/name="token"[^>]*/g, ''),
  )
  await post(browser, form, '/recover/password', {
    token: new URL(link).searchParams.get('token') ?? '',
    new_password: otherPassword,
  })
  shown.push((await browser.open(link)).body, (await setPassword(browser, link).catch(() => ({ body: '' }))).body)
  await signInOn(browser, await browser.open(`${app.url}/sign-in`), email, otherPassword)
  keep('session', browser.cookies.get('einlass-session'))

  const visitor = app.browser(networks.running.urls['sim-google'])
  const left = await networks.start(visitor, 'sim-google')
  const away = new URL(left.headers.get('location') ?? '')
  keep('state', away.searchParams.get('state'))
  keep('nonce', away.searchParams.get('nonce'))
  keep('challenge', away.searchParams.get('code_challenge'))
  const answer = await answerFor(await app.browser().open(away.href), {
    subject: 's-1',
    name: 'Berta',
    email: 'berta@gmail.com',
    emailVerified: true,
  })
  keep('code', new URL(answer).searchParams.get('code'))
  assert.equal((await visitor.open(answer)).status, 200)
  keep('session of a network', visitor.cookies.get('einlass-session'))
  shown.push((await visitor.open(answer)).body)
  shown.push((await browser.open(`${app.url}/no/such/page`)).body, (await browser.open(`${app.url}/%ff`)).body)
  await app.drainMail()

  const { config, secrets: keys } = app.foundation
  for (const line of readFileSync(config.secretFile, 'utf8').split('\n')) {
    if (line && !line.startsWith('#')) keep('master key', line)
  }
  for (const purpose of ['session', 'link', 'pepper', 'outbox', 'csrf'] as const) {
    keep(`key ${purpose}`, keys.current(purpose).key.toString('latin1'))
    keep(`key ${purpose} as text`, keys.current(purpose).key.toString('base64url'))
  }
  const file = config.database.slice('sqlite:'.length)
  const files = readdirSync(dirname(file)).filter((name) => name.startsWith('einlass.db'))
  assert.ok(files.length >= 2, 'the database has no log of its own')
  const places = {
    log: lines().join(''),
    'error page': shown.join(''),
    ...Object.fromEntries(files.map((name) => [name, readFileSync(join(dirname(file), name), 'latin1')])),
  }
  assert.ok(places.log.length > 1_000 && Object.values(places).join('').length > 50_000)
  for (const [place, text] of Object.entries(places)) {
    for (const [name, secret] of secrets) {
      // Pages contain a form token, a new one each time.
      if (place === 'error page' && name === 'form token') continue
      assert.ok(!text.includes(secret), `${name} stands in: ${place}`)
    }
  }
})
