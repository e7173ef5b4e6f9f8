import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, beforeEach, test } from 'node:test'
import { disableAccount } from '#features/administration/index.ts'
import type { AccountId } from '#kernel/id.ts'
import { startApp, type TestApp } from './app.ts'
import type { ScriptFreeBrowser, ShownPage } from './browser.ts'
import { type Engine, onEachEngine } from './engines.ts'
import { signUp, whoIs } from './people.ts'
import { addPortal, portalOrigin, type TestPortal } from './relying-party.ts'

/** Somebody signed in, in a browser that stops when it leaves for a portal. */
export type SignedInPerson = {
  readonly browser: ScriptFreeBrowser
  readonly email: string
  readonly subject: string
}

/** An app with two portals, each of which hears of sign-outs. */
export type PortalWorld = {
  readonly app: TestApp
  readonly engine: Engine
  readonly nordwind: TestPortal
  readonly suedstern: TestPortal
  readonly told: Receiver
  readonly person: () => Promise<SignedInPerson>
}

type Run = (name: string, run: (world: PortalWorld) => Promise<void>) => void

/** Runs the tests in a world of their own on each engine. */
export function inPortalWorlds(tests: (run: Run) => void, engines?: readonly Engine[]): void {
  onEachEngine((engine) => {
    let world: PortalWorld
    before(async () => {
      world = await createPortalWorld(engine)
    })
    beforeEach(async () => {
      await world.app.foundation.connection.migrator.deleteFrom('throttle').execute()
      world.told.become('well')
      await world.app.drainMail()
      world.told.take()
    })
    after(async () => {
      await world.told.close()
      await world.app.close()
    })
    tests((name, run) => test(name, () => run(world)))
  }, engines)
}

async function createPortalWorld(engine: Engine): Promise<PortalWorld> {
  const app = await startApp({ engine })
  const told = await startReceiver()
  let people = 0
  const portal = (id: string) => addPortal(app, id, { backchannelLogoutUri: `${told.url}/${id}` })
  return {
    app,
    engine,
    told,
    nordwind: await portal('nordwind'),
    suedstern: await portal('suedstern'),
    person: async () => {
      people += 1
      const email = `person${people}@example.org`
      const browser = app.browser(portalOrigin)
      await signUp(app, browser, email)
      const subject = (await whoIs(app, browser))?.subject
      assert.ok(subject)
      return { browser, email, subject }
    },
  }
}

/** A second node on the same database. */
export function secondNode({ app, engine }: PortalWorld): Promise<TestApp> {
  const { database, secretFile } = app.foundation.config
  return startApp({ engine, clock: app.clock, config: { database, secretFile } })
}

/** What an operator does to an account that must not be used any more. */
export async function disable({ foundation, database }: TestApp, subject: string): Promise<void> {
  const { clock, random } = foundation
  assert.ok(await disableAccount({ clock, random, inTransaction: database.inTransaction }, subject as AccountId))
}

/** The back channel of the portals. */
export type Receiver = {
  readonly url: string
  /** Logout tokens by portal since the last look. */
  readonly take: () => readonly { readonly portal: string; readonly token: string }[]
  /** `down` answers 503; `silent` takes requests and answers none until it becomes something else. */
  readonly become: (state: 'well' | 'down' | 'silent') => void
  /** The next request has come. */
  readonly asked: () => Promise<unknown>
  readonly close: () => Promise<void>
}

async function startReceiver(): Promise<Receiver> {
  let state: 'well' | 'down' | 'silent' = 'well'
  let tokens: { portal: string; token: string }[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    server.emit('asked')
    if (state === 'silent') return
    if (state === 'well') {
      tokens.push({
        portal: request.url?.slice(1) ?? '',
        token: new URLSearchParams(body).get('logout_token') ?? '',
      })
    }
    response.writeHead(state === 'well' ? 200 : 503).end()
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    take: () => {
      const taken = tokens
      tokens = []
      return taken
    },
    become: (next) => {
      if (state === 'silent') server.closeAllConnections()
      state = next
    },
    asked: () => once(server, 'asked'),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The form of a page that goes to a path. */
export function formTo(page: ShownPage, path: string) {
  return page.forms.find(({ action }) => action === path)
}
