import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, before, beforeEach, describe, test } from 'node:test'
import { hour } from '#kernel/duration.ts'
import { Problem } from '#kernel/problem.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { problemOn } from '../support/pages.ts'
import { goodPassword, newestLink, setPassword, signIn, signUp, whoIs } from '../support/people.ts'
import { sendRaw, statusOf } from '../support/raw-http.ts'

const form = 'application/x-www-form-urlencoded'

onEachEngine((engine) => {
  let app: TestApp
  let host: string
  let cookie: string
  let csrf: string

  before(async () => {
    app = await startApp({ engine })
    host = new URL(app.url).host
    const browser = app.browser()
    const page = await browser.open(`${app.url}/sign-in`)
    csrf = page.forms[0]?.fields.csrf ?? ''
    cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ')
  })
  beforeEach(() => app.clock.advance(3 * hour))
  after(() => app.close())

  const send = (path: string, body: string, type = form) =>
    fetch(app.url + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie, 'content-type': type, 'sec-fetch-site': 'same-origin' },
      body,
    })
  const encode = (fields: Readonly<Record<string, string>>) => new URLSearchParams({ csrf, ...fields }).toString()
  const lives = async () => assert.equal((await fetch(`${app.url}/health/live`)).status, 200)
  const events = () => app.foundation.connection.migrator.selectFrom('audit').select('id').execute()

  test('DOS-1: oversized requests are refused before hashing and storage access', async () => {
    const before = (await events()).length
    const identifier = 'anna@example.org'
    const large: readonly [string, string, string, readonly number[]][] = [
      ['/sign-in', encode({ identifier, password: 'x'.repeat(1_000_000) }), form, [413]],
      ['/sign-in', encode({ identifier: `${'a'.repeat(64_000)}@example.org`, password: 'x' }), form, [413]],
      ['/sign-in', encode({ identifier: `${'a'.repeat(20_000)}@example.org`, password: 'x' }), form, [400]],
      ['/recover', encode({ identifier: 'a@'.repeat(10_000) }), form, [413]],
      ['/sign-up', encode({ identifier: `${'a'.repeat(600)}@example.org` }), form, [400]],
      ['/sign-up', encode({ identifier: `${'a'.repeat(300)}@example.org` }), form, [400]],
      ['/sign-in', `${encode({ identifier })}${'&a=b'.repeat(10_000)}`, form, [413]],
      [
        '/sign-in',
        `${encode({ identifier })}${Array.from({ length: 2_000 }, (_, i) => `&f${i}=1`).join('')}`,
        form,
        [400],
      ],
      ['/sign-in', `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`, 'application/json', [413, 415]],
      ['/sign-in', '['.repeat(20_000), 'application/json', [415]],
      ['/sign-in', 'x'.repeat(200_000), 'multipart/form-data; boundary=x', [413, 415]],
      ['/recover/password', encode({ token: 'x'.repeat(10_000), new_password: goodPassword }), form, [400]],
      ['/recover/password', encode({ token: 'x', new_password: 'x'.repeat(30_000) }), form, [410]],
    ]
    for (const [path, body, type, statuses] of large) {
      const answer = await send(path, body, type)
      assert.ok(statuses.includes(answer.status), `${path} with ${body.length} bytes answered ${answer.status}`)
    }
    assert.equal((await events()).length, before)
    await lives()
  })

  test('DOS-1: a password of more than 1024 bytes is refused without hashing, and counts as an attempt', async () => {
    const email = 'long@example.org'
    await signUp(app, app.browser(), email)
    const long = await send('/sign-in', encode({ identifier: email, password: 'ü'.repeat(513) }))
    assert.equal(long.status, 401)
    const found = await app.database.read.identifiers.findProved({ kind: 'email', canonical: email })
    assert.equal(found && (await app.database.read.passwords.find(found.accountId))?.failures, 1)
  })

  test('DOS-5: malformed HTTP is refused, and the connection is closed', async () => {
    const large = 'a'.repeat(20_000)
    const requests: Readonly<Record<string, readonly [string, readonly number[]]>> = {
      'length and chunks': [
        `POST /sign-in HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
        [400],
      ],
      'two lengths': [
        `POST /sign-in HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde`,
        [400],
      ],
      'a length of letters': [`POST /sign-in HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 0x4\r\n\r\nabcd`, [400]],
      'a negative length': [`POST /sign-in HTTP/1.1\r\nHost: ${host}\r\nContent-Length: -1\r\n\r\n`, [400]],
      'an unknown transfer': [
        `POST /sign-in HTTP/1.1\r\nHost: ${host}\r\nTransfer-Encoding: identity, chunked, x\r\n\r\n`,
        [400, 501],
      ],
      'a space before the colon': [`POST /sign-in HTTP/1.1\r\nHost: ${host}\r\nContent-Length : 4\r\n\r\nabcd`, [400]],
      'bare line feeds': [`GET /sign-in HTTP/1.1\nHost: ${host}\n\n`, [400]],
      'a folded header': [`GET /sign-in HTTP/1.1\r\nHost: ${host}\r\nX-A: b\r\n c\r\n\r\n`, [400]],
      'a header of 20 kB': [`GET /sign-in HTTP/1.1\r\nHost: ${host}\r\nX-A: ${large}\r\n\r\n`, [431]],
      'an address of 20 kB': [`GET /${large} HTTP/1.1\r\nHost: ${host}\r\n\r\n`, [414, 431]],
      'two thousand headers': [
        `GET /sign-in HTTP/1.1\r\nHost: ${host}\r\n${Array.from({ length: 2_000 }, (_, i) => `x-${i}: abcdef\r\n`).join('')}\r\n`,
        [431],
      ],
      'a NUL in a header': [`GET /sign-in HTTP/1.1\r\nHost: ${host}\r\nX-A: a\0b\r\n\r\n`, [400]],
      'no host': ['GET /sign-in HTTP/1.1\r\n\r\n', [400]],
      'no such version': [`GET /sign-in HTTP/9.9\r\nHost: ${host}\r\n\r\n`, [400, 505]],
      'TLS on a plain port': ['\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001', [400]],
      nonsense: ['hello\r\n\r\n', [400]],
      CONNECT: [`CONNECT evil.example:443 HTTP/1.1\r\nHost: ${host}\r\n\r\n`, [0, 400, 404, 405, 421]],
    }
    for (const [name, [request, statuses]] of Object.entries(requests)) {
      const answer = await sendRaw(app.url, request)
      assert.ok(statuses.includes(statusOf(answer)), `${name} answered ${answer.slice(0, 60)}`)
      await lives()
    }
  })

  test('DOS-5: unsupported methods are refused, and the response does not echo the request', async () => {
    for (const method of ['TRACE', 'PUT', 'DELETE', 'PATCH', 'PROPFIND']) {
      const answer = await sendRaw(
        app.url,
        `${method} /sign-in HTTP/1.1\r\nHost: ${host}\r\nX-Mine: very-secret\r\nConnection: close\r\n\r\n`,
      )
      const status = statusOf(answer)
      assert.ok(status >= 400 && status < 500, `${method} answered ${status}`)
      assert.ok(!answer.includes('very-secret'), method)
    }
    const upgrade = await sendRaw(
      app.url,
      `GET /sign-in HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n`,
    )
    assert.equal(statusOf(upgrade), 200)
  })

  test('DOS-5: bytes after a request do not become the start of another one (request smuggling)', async () => {
    const body = `${encode({ identifier: 'a@x.de' })}&password=x`
    const smuggled = `GET /health/live HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`
    const answer = await sendRaw(
      app.url,
      `POST /no/such/page HTTP/1.1\r\nHost: ${host}\r\nContent-Type: ${form}\r\nContent-Length: ${body.length}\r\n\r\n${body}${smuggled}`,
    )
    const statuses = [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status))
    assert.equal(statuses.length, 2, 'two requests, two answers')
    assert.equal(statuses[1], 200)
  })

  test('DOS-7: odd authorization, cookies and percent encoding are refused or ignored, never fatal', async () => {
    const odd = [
      'Bearer',
      'Bearer ',
      'Bearer \u00ff\u00fe',
      'Basic',
      'Basic =',
      'Basic !!!!',
      `Basic ${Buffer.from('no colon').toString('base64')}`,
      `Basic ${Buffer.from('%:%').toString('base64')}`,
      `Basic ${Buffer.from('%E0%A4%A:x').toString('base64')}`,
      `Basic ${Buffer.from(`${'a'.repeat(5_000)}:x`).toString('base64')}`,
      'Digest username="x"',
      ',',
      '{"a":',
      'a'.repeat(8_000),
    ]
    for (const authorization of odd) {
      for (const path of ['/api/session', '/sign-in', '/.well-known/openid-configuration']) {
        const answer = await sendRaw(
          app.url,
          `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: ${authorization}\r\nConnection: close\r\n\r\n`,
        )
        assert.ok(
          [200, 400, 401].includes(statusOf(answer)),
          `${path} with ${authorization.slice(0, 30)}: ${statusOf(answer)}`,
        )
      }
      const metadata = (await (await fetch(`${app.url}/.well-known/openid-configuration`)).json()) as Record<
        string,
        string
      >
      const token = await sendRaw(
        app.url,
        `POST ${new URL(metadata.token_endpoint ?? '').pathname} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: ${authorization}\r\nContent-Type: ${form}\r\nContent-Length: 29\r\nConnection: close\r\n\r\ngrant_type=authorization_code`,
      )
      assert.ok(
        [400, 401].includes(statusOf(token)),
        `token endpoint with ${authorization.slice(0, 30)}: ${statusOf(token)}`,
      )
    }
    const cookies = [
      'a=%ff; b=%; einlass-session=%E0%A4%A',
      'einlass-session=; einlass-session=; einlass-browser=.',
      '__proto__=x; constructor=y; hasOwnProperty=z',
      `einlass-session=${'x'.repeat(8_000)}`,
      `einlass-browser=${'x'.repeat(8_000)}; einlass-known=${'.'.repeat(4_000)}`,
      '; '.repeat(4_000),
      'einlass-language=../../etc; einlass-link=%00%0d%0a',
      '=;=;=',
    ]
    for (const value of cookies) {
      for (const path of ['/api/session', '/sign-in', '/profile', '/recover/password', '/sign-out', '/portals']) {
        const answer = await sendRaw(
          app.url,
          `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nCookie: ${value}\r\nConnection: close\r\n\r\n`,
        )
        const status = statusOf(answer)
        assert.ok(status >= 200 && status < 500, `${path} with ${value.slice(0, 40)}: ${status}`)
      }
    }
    for (const path of [
      '/%',
      '/%ff',
      '/%E0%A4%A',
      '/sign-in/with/%ff',
      '/sign-in?continue=%ff',
      '/recover/link?token=%',
      '/%00',
      '/..%2f..%2fetc/passwd',
      '/sign-in/with/__proto__',
      '/sign-in/with/constructor/callback?state=x',
    ]) {
      const answer = await sendRaw(app.url, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
      const status = statusOf(answer)
      assert.ok(status >= 200 && status < 500, `${path}: ${status}`)
    }
    await lives()
  })

  test('DOS-7: odd queries are read or refused, never fatal', async () => {
    const odd = [
      'continue[]=x',
      'continue=a&continue=b',
      '__proto__[x]=y',
      'mail[$ne]=',
      'identifier[]=a',
      'again',
      '&&&',
      '=',
      'a'.repeat(8_000),
    ]
    for (const query of odd) {
      for (const path of [
        '/sign-in',
        '/sign-up',
        '/recover',
        '/recover/sent',
        '/sign-up/sent',
        '/recover/link',
        '/recover/done',
        '/help/sign-in',
      ]) {
        const { status } = await fetch(`${app.url}${path}?${query}`, { redirect: 'manual' })
        assert.ok(status >= 200 && status < 500, `${path}?${query.slice(0, 30)}: ${status}`)
      }
    }
  })

  test('DOS-2: a flood of sign-ins is shed at once with an explanation, and the owner’s browser still gets in', async () => {
    const email = 'owner@example.org'
    const owner = app.browser()
    await signUp(app, owner, email)
    const { verify, hash } = app.hasher
    const busy = new Problem('unavailable', 'password.busy', { retryAfter: 2 })
    // Simulates a queue that is full for strangers. The hasher's own tests cover how that happens.
    Object.assign(app.hasher, {
      verify: (stored, typed, priority) =>
        priority === 'known' ? verify(stored, typed, priority) : Promise.reject(busy),
      hash: () => Promise.reject(busy),
    } satisfies Partial<typeof app.hasher>)
    try {
      const shed = await send('/sign-in', encode({ identifier: email, password: goodPassword }))
      assert.equal(shed.status, 503)
      assert.equal(shed.headers.get('retry-after'), '2')
      const words = await shed.text()
      assert.equal(problemOn({ body: words }), 'sign-in.busy')
      assert.match(words, /2 Sekunden/)
      assert.equal((await signIn(app, owner, email)).url.pathname, '/profile')
      const stranger = app.browser()
      await signUp(app, stranger, 'stranger@example.org').catch(() => {})
      const other = await setPassword(stranger, await newestLink(app, 'stranger@example.org'))
      assert.equal(other.status, 503)
      assert.equal(other.headers.get('retry-after'), '2')
    } finally {
      Object.assign(app.hasher, { verify, hash })
    }
    assert.ok(await whoIs(app, owner))
    const found = await app.database.read.identifiers.findProved({ kind: 'email', canonical: email })
    assert.equal(
      found && (await app.database.read.passwords.find(found.accountId))?.failures,
      0,
      'it counted as a wrong password',
    )
  })
})

describe('DOS-4: slow clients', () => {
  let app: TestApp

  before(async () => {
    app = await startApp({ engine: 'sqlite' })
  })
  after(() => app.close())

  test('the timeouts for headers, requests and idle connections are set', () => {
    const { server } = app.app
    assert.ok(server.headersTimeout > 0 && server.headersTimeout <= 15_000)
    assert.ok(server.requestTimeout > 0 && server.requestTimeout <= 30_000)
    assert.ok(server.timeout > 0 && server.timeout <= 60_000)
    assert.ok(server.keepAliveTimeout > 0)
  })

  test('clients that send a header or body too slowly are refused and disconnected, while others are served', async (t) => {
    const { server } = app.app
    const { hostname, port, host } = new URL(app.url)
    // The same mechanism with shorter timeouts.
    server.headersTimeout = 200
    server.requestTimeout = 400
    const slow = [
      'GET /sign-in',
      `GET /sign-in HTTP/1.1\r\nHost: ${host}\r\nX-`,
      `POST /sign-in HTTP/1.1\r\nHost: ${host}\r\nContent-Type: ${form}\r\nContent-Length: 1000\r\n\r\nidentifier=`,
      `POST /sign-in HTTP/1.1\r\nHost: ${host}\r\nContent-Type: ${form}\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\nident`,
    ]
    const answers = slow.map(async (beginning) => {
      const socket = connect(Number(port), hostname)
      t.after(() => socket.destroy())
      let answer = ''
      socket.on('error', () => {})
      socket.on('data', (data) => {
        answer += data
      })
      socket.write(beginning)
      // Sending a byte now and then does not extend the timeout.
      const drip = setInterval(() => socket.writable && socket.write('a'), 50)
      socket.on('close', () => clearInterval(drip))
      await once(socket, 'close')
      return answer
    })
    for (let count = 0; count < 20; count++) assert.equal((await fetch(`${app.url}/health/live`)).status, 200)
    for (const answer of await Promise.all(answers)) assert.ok([408, 400, 0].includes(statusOf(answer)), answer)
  })
})
