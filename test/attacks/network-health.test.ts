import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { grantOperator } from '#features/administration/index.ts'
import { checkProvider, createProviderClient } from '#features/provider/index.ts'
import { hour, second } from '#kernel/duration.ts'
import type { AccountId } from '#kernel/id.ts'
import { secondNode } from '../support/app.ts'
import type { ShownPage } from '../support/browser.ts'
import { behindProxy, stateOf, visitorFrom } from '../support/client-networks.ts'
import { onEachEngine } from '../support/engines.ts'
import { newPerson } from '../support/networks.ts'
import { assertRefused } from '../support/pages.ts'
import { newGmail, signIn, signUp, subjectsTo, whoIs } from '../support/people.ts'
import { inWorld, type World } from '../support/world.ts'

/** Failed attempts, one a second, since failures of the same second count once. */
async function failedStarts({ app, networks }: Pick<World, 'app' | 'networks'>, count: number): Promise<ShownPage> {
  let page: ShownPage | undefined
  // Until then it counts as reachable because of its last response.
  app.clock.advance(6 * second)
  for (let tries = 0; tries < count; tries += 1) {
    page = await networks.start(visitorFrom(app, tries), 'sim-google')
    app.clock.advance(second)
  }
  await app.health.settle()
  assert.ok(page)
  return page
}

function offeredAt(page: ShownPage): readonly string[] {
  return page.forms.map(({ action }) => action).filter((action) => action.startsWith('/sign-in/with/'))
}

onEachEngine((engine) => {
  test('F9: after five failures a network is down, the circuit breaker opens, and the recovery is detected', () =>
    inWorld(behindProxy(engine), async ({ app, networks }) => {
      await networks.set('sim-google', { behaviour: 'down' })
      assertRefused(await failedStarts({ app, networks }, 5), 503)
      assert.equal(stateOf(app), 'down')
      const page = await app.browser().open(`${app.url}/sign-in`)
      assert.match(page.body, /zurzeit nicht erreichbar, seit/)
      assert.deepEqual(offeredAt(page), ['/sign-in/with/sim-x', '/sign-in/with/sim-google'])
      // Half-open: one attempt goes through, those right after it are skipped.
      assertRefused(await networks.start(visitorFrom(app, 20), 'sim-google'), 503)
      await networks.running.set('sim-google', { behaviour: 'operational' })
      app.clock.advance(second)
      assertRefused(await networks.start(visitorFrom(app, 21), 'sim-google'), 503)
      for (let trial = 0; trial < 3; trial += 1) {
        app.clock.advance(11 * second)
        await networks.signIn(visitorFrom(app, 30 + trial), 'sim-google', newPerson())
        await app.health.settle()
      }
      assert.equal(stateOf(app), undefined)
    }))

  test('F9: a person may try anyway, even if the network is down', () =>
    inWorld(behindProxy(engine), async ({ app, networks }) => {
      await networks.set('sim-google', { behaviour: 'down' })
      await failedStarts({ app, networks }, 6)
      await networks.running.set('sim-google', { behaviour: 'operational' })
      const browser = visitorFrom(app, 40)
      await networks.start(visitorFrom(app, 41), 'sim-google')
      const refused = await networks.start(browser, 'sim-google')
      assertRefused(refused, 503)
      const anyway = refused.forms.find(({ action }) => action === '/sign-in/with/sim-google')
      assert.equal(anyway?.fields.anyway, '1')
      const page = await networks.choose(browser, await browser.submit(refused, anyway), newPerson())
      assert.equal(page.status, 200)
      assert.ok(await whoIs(app, browser))
    }))

  test('operators are mailed when a network goes down for everybody, and when it recovers', () =>
    inWorld(behindProxy(engine), async ({ app, networks }) => {
      const operator = newGmail()
      const browser = app.browser()
      await signUp(app, browser, operator)
      const { clock, random, secrets, database } = app.foundation
      const subject = (await whoIs(app, browser))?.subject as AccountId
      const deps = {
        clock,
        random,
        secrets,
        inTransaction: database.inTransaction,
        publicUrl: app.url,
        wake: () => {},
      }
      await grantOperator(deps, subject)
      await networks.set('sim-google', { behaviour: 'down' })
      await failedStarts({ app, networks }, 5)
      await networks.running.set('sim-google', { behaviour: 'operational' })
      for (let trial = 0; trial < 4; trial += 1) {
        app.clock.advance(11 * second)
        await networks.signIn(visitorFrom(app, 30 + trial), 'sim-google', newPerson())
        await app.health.settle()
      }
      const subjects = await subjectsTo(app, operator)
      for (const subject of ['Sim Google ist gestört', 'Sim Google funktioniert wieder']) {
        assert.equal(subjects.filter((each) => each === subject).length, 1, subject)
      }
      const events = (await app.foundation.connection.reader().selectFrom('audit').select('event').execute()).map(
        ({ event }) => event,
      )
      assert.ok(events.includes('network.incident-began') && events.includes('network.incident-ended'))
    }))

  test('after one failure at the token endpoint, our own probe detects the outage', () =>
    inWorld(behindProxy(engine), async ({ app, networks }) => {
      const { clock, database } = app
      const client = createProviderClient({
        clock,
        secrets: app.foundation.secrets,
        outboundRanges: ['127.0.0.0/8', '::1/128'],
      })
      const provider = await database.read.providers.find('sim-google')
      assert.ok(provider)
      const redirectUriOf = () => `${app.url}/sign-in/with/sim-google/callback`
      await checkProvider({ ...database, clock, providerClient: client, redirectUriOf }, provider)
      await app.health.poll()
      await networks.set('sim-google', { fault: 'no-tokens' })
      assertRefused(await networks.signIn(visitorFrom(app, 90), 'sim-google', newPerson()), 502)
      await app.health.settle()
      for (let looks = 0; stateOf(app) !== 'down'; looks += 1) {
        assert.ok(looks < 200, 'not found')
        clock.advance(2 * second)
        await app.health.poll()
        await setTimeout(20)
        await app.health.settle()
      }
    }))

  test('an abandoned attempt is counted once', () =>
    inWorld(behindProxy(engine), async ({ app, networks }) => {
      for (let visitor = 0; visitor < 25; visitor += 1) {
        await networks.start(visitorFrom(app, 100 + visitor), 'sim-google')
      }
      app.clock.advance(46 * second)
      await app.health.poll()
      await app.health.settle()
      const count = async () =>
        (await app.foundation.connection.reader().selectFrom('provider_observation').selectAll().execute()).filter(
          ({ reason }) => reason === 'not-returned',
        ).length
      assert.equal(await count(), 25)
      await app.health.poll()
      await app.health.settle()
      assert.equal(await count(), 25)
    }))
})

test('two nodes share health state through the database', () =>
  inWorld(behindProxy('postgres'), async ({ app, networks }) => {
    const other = await secondNode(app)
    try {
      await networks.set('sim-google', { behaviour: 'down' })
      await failedStarts({ app, networks }, 3)
      for (let tries = 0; tries < 2; tries += 1) {
        await networks.start(visitorFrom(app, 70 + tries), 'sim-google')
        app.clock.advance(second)
      }
      await Promise.all([app.health.settle(), other.health.settle()])
      await other.health.settle()
      assert.equal(stateOf(other), 'down')
      const page = await other.browser().open(`${other.url}/sign-in`)
      assert.match(page.body, /zurzeit nicht erreichbar, seit/)
    } finally {
      await other.close()
    }
  }))

test('LNK-7: a network that an operator switched off is off on a node from its start', () =>
  inWorld(behindProxy('postgres'), async ({ app }) => {
    const now = app.clock.now()
    await app.database.inTransaction(({ overrides }) =>
      overrides.set({ providerId: 'sim-google', state: 'off', until: now + hour, setBy: 'operator', setAt: now }),
    )
    const other = await secondNode(app)
    try {
      const page = await other.browser().open(`${other.url}/sign-in`)
      assert.deepEqual(offeredAt(page), ['/sign-in/with/sim-x'])
    } finally {
      await other.close()
    }
  }))

test('a network that is temporarily switched off is listed but cannot be chosen', () =>
  inWorld(behindProxy('sqlite'), async ({ app }) => {
    const now = app.clock.now()
    const off = { providerId: 'sim-google', state: 'off', until: now + hour, setBy: 'operator', setAt: now } as const
    await app.database.inTransaction(({ overrides }) => overrides.set(off))
    await app.health.settle()
    for (const path of ['/sign-in', '/help/sign-in']) {
      const page = await app.browser().open(app.url + path)
      assert.match(page.body.replace(/<[^>]*>/g, ' '), /Sim Google\s*:?\s*zurzeit abgeschaltet/)
      assert.deepEqual(offeredAt(page), ['/sign-in/with/sim-x'])
    }
  }))

test('M2: the page says whether the network is down or only unreachable from the browser', () =>
  inWorld(behindProxy('sqlite'), async ({ app, networks }) => {
    const report = async (network: number) => {
      const browser = visitorFrom(app, network)
      const page = await browser.open(`${app.url}/sign-in`)
      const form = page.forms.find(({ action }) => action === '/sign-in/with/sim-google')
      return (await browser.submit(page, form, { check: 'unreachable' })).body
    }
    assert.match(await report(1), /<h1>Sim Google ist von hier nicht erreichbar/)
    await networks.set('sim-google', { behaviour: 'down' })
    app.clock.advance(6 * second)
    assert.match(await report(2), /<h1>Sim Google ist nicht erreichbar/)
    await networks.set('sim-google', { behaviour: 'slow' })
    app.clock.advance(6 * second)
    assert.match(await report(3), /<h1>Sim Google antwortet zu langsam/)
  }))

/** A network that accepts every connection and, after `hang`, never responds. */
async function startHangingNetwork(): Promise<{ server: Server; url: string; hang: () => void; most: () => number }> {
  let hangs = false
  let open = 0
  let most = 0
  const server = createServer((_request, response) => {
    if (!hangs) response.end('{}')
  })
  server.on('connection', (socket) => {
    open += 1
    if (hangs) most = Math.max(most, open)
    socket.on('close', () => {
      open -= 1
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    server,
    url,
    hang: () => {
      hangs = true
    },
    most: () => most,
  }
}

test('F9: two hundred people waiting for a hanging network do not slow down another network', () =>
  inWorld(behindProxy('sqlite'), async ({ app, networks }) => {
    const hanging = await startHangingNetwork()
    const { clock, secrets, database } = app.foundation
    await database.inTransaction(({ providers }) =>
      providers.insert({
        id: 'hanging',
        kind: 'oauth2',
        name: 'Hanging',
        logo: 'hanging',
        issuer: hanging.url,
        clientId: 'einlass',
        clientSecret: secrets.encrypt('provider-secret', 'secret'),
        settings: {
          scopes: [],
          trust: { kind: 'never' },
          endpoints: { authorization: `${hanging.url}/a`, token: `${hanging.url}/t`, user: `${hanging.url}/u` },
          mapping: { subject: 'id', name: 'name' },
        },
        enabled: true,
        createdAt: clock.now(),
        secretExpiresAt: null,
      }),
    )
    const answers = await Promise.all(
      Array.from({ length: 200 }, async (_, visitor) => {
        const browser = app.browser(hanging.url, 'de', { 'x-forwarded-for': `10.9.${visitor}.1` })
        const page = await browser.open(`${app.url}/sign-in`)
        const form = page.forms.find(({ action }) => action === '/sign-in/with/hanging')
        const left = await browser.submit(page, form)
        const to = new URL(left.headers.get('location') ?? left.url)
        return { browser, url: `${app.url}/sign-in/with/hanging/callback?code=x&state=${to.searchParams.get('state')}` }
      }),
    )
    const email = newGmail()
    await signUp(app, app.browser(), email)
    hanging.hang()
    const waiting = Promise.all(answers.map(({ browser, url }) => browser.open(url)))
    for (let visitor = 0; visitor < 5; visitor += 1) {
      const browser = app.browser()
      await networks.signIn(browser, 'sim-x', newPerson())
      assert.ok(await whoIs(app, browser), 'another network is not affected')
    }
    for (const page of await waiting) assertRefused(page, 504)
    assert.ok(hanging.most() <= 16 + 1, `${hanging.most()} connections at once`)
    hanging.server.closeAllConnections()
    await new Promise((resolve) => hanging.server.close(resolve))
  }))

test('SSRF-1: in production a network at a private address is never connected to', () =>
  inWorld({ engine: 'sqlite', config: { outboundRanges: [] } }, async ({ app, networks }) => {
    for (const id of ['sim-google', 'sim-x'] as const) assertRefused(await networks.start(app.browser(), id), 503)
  }))

/** DNS lookups use the thread pool of four. Keeps each thread busy reading from a pipe without a writer. */
function occupyThreadPool(): { readonly isBusy: () => boolean; readonly release: () => Promise<void> } {
  const folder = mkdtempSync(join(tmpdir(), 'einlass-pipes-'))
  const pipes = Array.from({ length: 4 }, (_, number) => join(folder, `pipe-${number}`))
  for (const pipe of pipes) assert.equal(spawnSync('mkfifo', [pipe]).status, 0)
  const readers = pipes.map((pipe) => open(pipe, 'r'))
  let isBusy = true
  const behind = stat(folder).then(() => {
    isBusy = false
  })
  return {
    isBusy: () => isBusy,
    release: async () => {
      for (const pipe of pipes) writeFileSync(pipe, '')
      for (const reader of await Promise.all(readers)) await reader.close()
      await behind
      rmSync(folder, { recursive: true })
    },
  }
}

test('F25: people with a password can sign in while DNS lookups hang', () =>
  inWorld(behindProxy('sqlite'), async ({ app }) => {
    const email = newGmail()
    await signUp(app, app.browser(), email)
    const pool = occupyThreadPool()
    try {
      for (let visitor = 0; visitor < 5; visitor += 1) {
        const browser = app.browser()
        assert.equal((await signIn(app, browser, email)).url.pathname, '/profile')
        assert.ok(await whoIs(app, browser))
      }
      assert.ok(pool.isBusy(), 'the thread pool was free meanwhile')
    } finally {
      await pool.release()
    }
  }))
