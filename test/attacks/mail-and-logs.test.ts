import assert from 'node:assert/strict'
import { globSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { day, minute } from '#kernel/duration.ts'
import { smtpTransport } from '#mail/smtp.ts'
import { enqueue, type OutboxWorker, startOutboxWorker } from '#outbox/index.ts'
import { startApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { catchLog } from '../support/log.ts'
import { startMailServer, type TestMailServer } from '../support/mail-server.ts'
import { answerFor, startTestNetworks } from '../support/networks.ts'
import { post } from '../support/pages.ts'
import {
  askForLink,
  goodPassword,
  newestLink,
  setPassword,
  signIn,
  signInOn,
  signUp,
  whoIs,
} from '../support/people.ts'
import { sendRaw } from '../support/raw-http.ts'
import { openStorage, type TestStorage } from '../support/storage.ts'

const project = fileURLToPath(new URL('../..', import.meta.url))

describe('mail, as a mail server sees it', () => {
  let server: TestMailServer
  let storage: TestStorage
  let worker: OutboxWorker
  let errors: unknown[] = []
  let closeTransport: () => Promise<void>

  before(async () => {
    server = await startMailServer()
    storage = await openStorage('sqlite')
  })
  beforeEach(() => {
    errors = []
    server.behave()
    ;(server.received as unknown[]).length = 0
    start(server.url)
  })
  afterEach(async () => {
    await worker.close()
    await closeTransport()
  })
  after(async () => {
    await storage.close()
    await server.close()
  })

  const start = (url: string) => {
    const smtp = smtpTransport({ url, from: 'id@einlass.example' })
    closeTransport = async () => smtp.close()
    const { clock, random, secrets, database } = storage
    const { inTransaction } = database
    const transports = { email: smtp.deliver }
    worker = startOutboxWorker({
      inTransaction,
      clock,
      random,
      secrets,
      transports,
      onError: (error) => errors.push(error),
    })
  }
  const put = (more: { subject?: string; text?: string; html?: string; to?: string; expiresAt?: number } = {}) => {
    const { expiresAt = storage.clock.now() + day, ...mail } = more
    const message = { to: 'anna@example.org', subject: 'Grüße', html: '<p>Grüße</p>', text: 'Grüße', ...mail }
    return storage.database.inTransaction(({ outbox }) =>
      enqueue({ ...storage, wake: () => {} }, outbox, 'email', message, expiresAt),
    )
  }
  const fate = async (id: string) => (await storage.database.read.outbox.fate(id))?.state
  const later = async () => {
    storage.clock.advance(10 * minute)
    await worker.drain()
  }

  test('MAIL-1, MAIL-2: says who it is from, for whom, and that no person wrote it', async () => {
    const id = await put()
    await worker.drain()
    const [mail] = server.received
    assert.deepEqual([mail?.from, mail?.to], ['id@einlass.example', ['anna@example.org']])
    const { parsed } = mail ?? assert.fail('no mail')
    const header = (key: string) => parsed.headers.filter((each) => each.key === key).map((each) => each.value)
    assert.deepEqual(header('auto-submitted'), ['auto-generated'])
    assert.deepEqual(header('message-id'), [`<${id}@einlass.example>`])
    assert.deepEqual(parsed.to, [{ name: '', address: 'anna@example.org' }])
    assert.equal(parsed.subject, 'Grüße')
    assert.match(parsed.text ?? '', /^Grüße/)
    assert.match(parsed.html ?? '', /<p>Grüße<\/p>/)
  })

  test('MAIL-1: no line break in a subject or an address makes a header or another recipient', async () => {
    await put({ subject: 'Hello\r\nBcc: evil@example.org\r\n\r\nbody' })
    for (const to of [
      'anna@example.org\r\nBcc: evil@example.org',
      'anna@example.org, evil@example.org',
      'anna@example.org>\r\nRCPT TO:<evil@example.org',
      '"evil@example.org"@example.net',
    ]) {
      await put({ to })
    }
    await worker.drain()
    for (const { to, parsed } of server.received) {
      assert.equal(to.length, 1)
      assert.ok(!to.includes('evil@example.org'), to.join())
      assert.ok(!parsed.headers.some((header) => header.key === 'bcc' || header.key === 'cc'))
    }
    assert.ok(server.received.length >= 1)
  })

  test('F7: a server that is busy gets the same mail again, with the same Message-ID', async () => {
    server.behave({ at: 'data', answer: 451 }, { at: 'recipient', answer: 450 }, { at: 'sender', answer: 421 })
    const id = await put()
    await worker.drain()
    assert.equal(await fate(id), 'queued')
    await later()
    await later()
    await later()
    assert.equal(await fate(id), 'accepted')
    const ids = server.received.map(({ parsed }) => parsed.messageId)
    assert.deepEqual(ids, Array(2).fill(`<${id}@einlass.example>`))
  })

  test('F7: a server that hangs up after the mail gets it again with the same Message-ID', async () => {
    server.behave({ at: 'data', answer: 'hangs up' })
    const id = await put()
    await worker.drain()
    await later()
    assert.equal(await fate(id), 'accepted')
    const ids = server.received.map(({ parsed }) => parsed.messageId)
    assert.deepEqual(ids, Array(2).fill(`<${id}@einlass.example>`))
  })

  test('F7: no to this recipient or this mail is no for good', async () => {
    for (const at of ['recipient', 'data'] as const) {
      server.behave({ at, answer: at === 'data' ? 554 : 550 })
      const id = await put()
      await worker.drain()
      assert.equal(await fate(id), 'refused', at)
      const before = server.received.length
      await later()
      assert.equal(server.received.length, before)
    }
  })

  test('F7: no to us is a fault of the settings: the mail waits until it is mended', async () => {
    server.behave({ at: 'sender', answer: 550 })
    const id = await put()
    await worker.drain()
    assert.equal(await fate(id), 'queued')
    await later()
    assert.equal(await fate(id), 'accepted')

    await worker.close()
    await closeTransport()
    start(server.url.replace('smtp://', 'smtp://einlass:wrong@'))
    server.behave({ at: 'sign-in', answer: 535 })
    const other = await put()
    await worker.drain()
    assert.equal(await fate(other), 'queued')
    await later()
    assert.equal(await fate(other), 'accepted')
  })

  test('F6: what expired while the server was away is not sent when it is back', async () => {
    server.behave({ at: 'data', answer: 451 })
    const id = await put({ expiresAt: storage.clock.now() + minute })
    await worker.drain()
    const before = server.received.length
    await later()
    assert.equal(await fate(id), 'expired')
    assert.equal(server.received.length, before)
  })

  test('LOG-2: what goes wrong with a mail does not put it into the log', async () => {
    server.behave({ at: 'recipient', answer: 550 })
    await put({ text: 'https://id.example/recover/link?token=very-secret', html: '<p>very-secret</p>' })
    await worker.drain()
    assert.equal(errors.length, 1)
    const told = JSON.stringify(errors, (_key, value) =>
      value instanceof Error ? { ...value, message: value.message, stack: value.stack, cause: value.cause } : value,
    )
    assert.ok(!told.includes('very-secret'))
  })
})

const hostileNames = [
  '<b onmouseover=alert(1)>Anna</b><img src=x>',
  'https://evil.example/click Anna',
  'www.evil.example',
  '"><script>alert(1)</script>',
  '{link} %s $1',
]

onEachEngine((engine) => {
  test(`MAIL-1: nothing that a person typed stands in a mail`, async (t) => {
    const app = await startApp({ engine })
    t.after(app.close)
    for (const [index, name] of hostileNames.entries()) {
      app.clock.advance(60 * minute)
      const email = `anna${index}@example.org`
      const browser = app.browser()
      await setPassword(browser, await askForLink(app, browser, '/sign-up', email), name)
      assert.equal((await whoIs(app, browser))?.name, name)
      await setPassword(browser, await askForLink(app, browser, '/recover', email), name)
      await askForLink(app, browser, '/sign-up', email)
      await app.drainMail()
      const mails = app.mailbox().filter((mail) => mail.to === email)
      assert.ok(mails.length >= 4)
      for (const { subject, text, html } of mails) {
        for (const part of [subject, text, html]) {
          assert.ok(!part.includes(name) && !part.includes('evil.example') && !part.includes('<script'), subject)
        }
        assert.doesNotMatch(subject, /[\r\n]/)
        const links = [...text.matchAll(/https?:\/\/[^\s]+/g)].map(([link]) => new URL(link).origin)
        assert.deepEqual([...new Set(links)], [app.url])
        // Both parts lead to the same places.
        for (const [link] of text.matchAll(/https?:\/\/\S+/g)) assert.ok(html.includes(link.replaceAll('&', '&amp;')))
      }
    }
  })
})

test('MAIL-1: a name that breaks lines or turns the text around it is refused', async (t) => {
  const app = await startApp({ engine: 'sqlite' })
  t.after(app.close)
  const browser = app.browser()
  const link = await askForLink(app, browser, '/sign-up', 'anna@example.org')
  const page = await browser.open(link)
  const token = new URL(link).searchParams.get('token') ?? ''
  for (const name of [
    'A\r\nBcc: x',
    'A\nB',
    'A\u0000B',
    'A\u202eB',
    'A\u2066B',
    'A\u2028B',
    'A\u001b[31mB',
    'x'.repeat(101),
  ]) {
    const answer = await post(browser, page, '/sign-up/complete', { token, name, new_password: goodPassword })
    assert.equal(answer.status, 400, JSON.stringify(name))
  }
  const joined = await post(browser, page, '/sign-up/complete', {
    token,
    name: 'Zoë 👩‍🚀 O’Neill-Łęcka',
    new_password: goodPassword,
  })
  assert.equal(joined.url.pathname, '/profile')
})

test('LOG-1: whatever is sent, one event is one line of JSON without control characters', async (t) => {
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
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    assert.doesNotMatch(line.trimEnd(), /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/)
    assert.notEqual(JSON.parse(line).msg, 'forged')
  }
})

test('LOG-2: no password, token, code, cookie or key stands in the log, in the database file or on an error page', async (t) => {
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
      // A page of ours gives its form a token; it is another one each time.
      if (place === 'error page' && name === 'form token') continue
      assert.ok(!text.includes(secret), `${name} stands in: ${place}`)
    }
  }
})

describe('CRY-1: secrets are compared in constant time, and looked up by their hash', () => {
  const secretish = /(?:^|\.)\w*(?:token|secret|password|signature|csrf|verifier|challenge|nonce|digest|hmac)$/i
  const plain = /^(?:'.*|"".*|\d+|undefined|null|true|false)$/
  const operands = /([\w.?]+)\)?\s*[=!]==?\s*('[^']*'|[\w.?]+(?![\w.?(]))/g

  /** Whether a line compares a secret with anything but a constant. */
  const comparesSecret = (line: string) =>
    [...line.matchAll(operands)].some(([all, left = '', right = '']) => {
      const sides = [left.replaceAll('?', ''), right.replaceAll('?', '')]
      if (sides.some((side) => plain.test(side)) || line.includes(`typeof ${all}`)) return false
      return sides.some((side) => secretish.test(side))
    })
  const sources = globSync('src/**/*.{ts,tsx}', { cwd: project }).filter(
    (file) => !/\.test\.tsx?$|^src\/(development|browser)\/|\/testing\//.test(file),
  )

  test('the pattern finds what it should', () => {
    for (const line of [
      'if (token === given) return',
      'return form.csrf !== expected',
      'given === session.token',
      'if (stored == password) {',
      'return hmac(key, x) === signature',
    ]) {
      assert.ok(comparesSecret(line), line)
    }
    for (const line of [
      "if (password === '') throw",
      'token === undefined',
      "account?.password === 'not-set'",
      "typeof token === 'string'",
      'found === token.length',
      'config.csrf === false',
    ]) {
      assert.ok(!comparesSecret(line), line)
    }
  })

  test('nowhere is a secret compared with an operator', () => {
    assert.ok(sources.length > 100)
    const offences = sources.flatMap((file) =>
      readFileSync(join(project, file), 'utf8')
        .split('\n')
        .flatMap((line, index) =>
          comparesSecret(line) && !/^\s*(\/\/|\*|\/\*)/.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [],
        ),
    )
    // The path of an endpoint.
    assert.deepEqual(
      offences.filter((offence) => !offence.endsWith('context.path === enginePaths.token) {')),
      [],
    )
  })

  test('no table has a column for a secret as it is', () => {
    const schema = readFileSync(join(project, 'src/database/schema.ts'), 'utf8')
    const columns = [...schema.matchAll(/^ {2}(\w+)\??: /gm)].map(([, name]) => name ?? '')
    const secret = columns.filter((name) => /token|secret|password|code|state|key|verifier|payload|checks/.test(name))
    const known = new Set([
      // Hashes.
      'token_hash',
      'state_hash',
      // Encrypted.
      'client_secret',
      'private_key',
      'payload',
      'checks',
      // An instant.
      'secret_expires_at',
      // Names.
      'password',
      'signing_key',
      'key_check',
      'key_id',
      'state',
      'key',
    ])
    assert.deepEqual(
      secret.filter((name) => !known.has(name)),
      [],
    )
    assert.ok(secret.includes('token_hash') && secret.includes('state_hash'))
  })
})

test('CRY-1: what signs in is looked up by its keyed hash alone', async (t) => {
  const app = await startApp({ engine: 'sqlite' })
  t.after(app.close)
  const browser = app.browser()
  await signUp(app, browser, 'anna@example.org')
  const token = browser.cookies.get('einlass-session') ?? ''
  const rows = await app.foundation.connection.migrator.selectFrom('session').select('token_hash').execute()
  assert.deepEqual(
    rows.map((row) => row.token_hash),
    [app.foundation.secrets.hash('session', token)],
  )
  const thief = app.browser()
  ;(thief.cookies as Map<string, string>).set('einlass-session', rows[0]?.token_hash ?? '')
  assert.equal(await whoIs(app, thief), undefined)
  await signIn(app, thief, 'anna@example.org')
  assert.ok(await whoIs(app, thief))
})
