import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { day, minute } from '#kernel/duration.ts'
import { systemTimers } from '#kernel/timers.ts'
import { smtpTransport } from '#mail/smtp.ts'
import { email, enqueue, type OutboxWorker, startOutboxWorker, transport } from '#outbox/index.ts'
import { startApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { startMailServer, type TestMailServer } from '../support/mail-server.ts'
import { post } from '../support/pages.ts'
import { askForLink, goodPassword, setPassword, whoIs } from '../support/people.ts'
import { openStorage, type TestStorage } from '../support/storage.ts'

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
    const transports = [transport(email, smtp.deliver)]
    worker = startOutboxWorker({
      timers: systemTimers,
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
      enqueue({ ...storage, wake: () => {} }, outbox, email, message, expiresAt),
    )
  }
  const status = async (id: string) => (await storage.database.read.outbox.deliveryStatus(id))?.state
  const later = async () => {
    storage.clock.advance(10 * minute)
    await worker.drain()
  }

  test('MAIL-1, MAIL-2: a mail has sender, recipient and Auto-Submitted headers', async () => {
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

  test('MAIL-1: line breaks in a subject or an address do not inject headers or recipients', async () => {
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

  test('F7: after a temporary refusal the same mail is retried with the same Message-ID', async () => {
    server.behave({ at: 'data', answer: 451 }, { at: 'recipient', answer: 450 }, { at: 'sender', answer: 421 })
    const id = await put()
    await worker.drain()
    assert.equal(await status(id), 'queued')
    await later()
    await later()
    await later()
    assert.equal(await status(id), 'accepted')
    const ids = server.received.map(({ parsed }) => parsed.messageId)
    assert.deepEqual(ids, Array(2).fill(`<${id}@einlass.example>`))
  })

  test('F7: if the server hangs up after the mail, it is retried with the same Message-ID', async () => {
    server.behave({ at: 'data', answer: 'hangs up' })
    const id = await put()
    await worker.drain()
    await later()
    assert.equal(await status(id), 'accepted')
    const ids = server.received.map(({ parsed }) => parsed.messageId)
    assert.deepEqual(ids, Array(2).fill(`<${id}@einlass.example>`))
  })

  test('F7: a permanent refusal of a recipient or a mail is not retried', async () => {
    for (const at of ['recipient', 'data'] as const) {
      server.behave({ at, answer: at === 'data' ? 554 : 550 })
      const id = await put()
      await worker.drain()
      assert.equal(await status(id), 'refused', at)
      const before = server.received.length
      await later()
      assert.equal(server.received.length, before)
    }
  })

  test('F7: a refusal of our sender or login is a configuration fault: the mail waits until it is corrected', async () => {
    server.behave({ at: 'sender', answer: 550 })
    const id = await put()
    await worker.drain()
    assert.equal(await status(id), 'queued')
    await later()
    assert.equal(await status(id), 'accepted')

    await worker.close()
    await closeTransport()
    start(server.url.replace('smtp://', 'smtp://einlass:wrong@'))
    server.behave({ at: 'sign-in', answer: 535 })
    const other = await put()
    await worker.drain()
    assert.equal(await status(other), 'queued')
    await later()
    assert.equal(await status(other), 'accepted')
  })

  test('F6: mail that expired during a server outage is not sent afterwards', async () => {
    server.behave({ at: 'data', answer: 451 })
    const id = await put({ expiresAt: storage.clock.now() + minute })
    await worker.drain()
    const before = server.received.length
    await later()
    assert.equal(await status(id), 'expired')
    assert.equal(server.received.length, before)
  })

  test('LOG-2: delivery errors do not log the mail', async () => {
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
  test(`MAIL-1: mails contain no user input`, async (t) => {
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
        // The HTML and text parts have the same links.
        for (const [link] of text.matchAll(/https?:\/\/\S+/g)) assert.ok(html.includes(link.replaceAll('&', '&amp;')))
      }
    }
  })
})

test('MAIL-1: a name with line breaks or bidirectional controls is refused', async (t) => {
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
