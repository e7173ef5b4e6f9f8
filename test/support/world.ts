import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { NetworkId } from '#development/networks/index.ts'
import type { Provider } from '#features/provider/index.ts'
import type { AccountId } from '#kernel/id.ts'
import { type AppSettings, startApp, type TestApp } from './app.ts'
import { type BackChannel, startBackChannel } from './back-channel.ts'
import type { ScriptFreeBrowser, ShownPage } from './browser.ts'
import { type Engine, onEachEngine } from './engines.ts'
import { type Person, startTestNetworks, type TestNetworks } from './networks.ts'
import { post } from './pages.ts'
import { newEmail, signUp, whoIs } from './people.ts'
import { addPortal, portalOrigin, type TestPortal } from './relying-party.ts'

/** An account with a password, in a signed-in browser that stops at redirects to a portal. */
export type SignedInPerson = {
  readonly browser: ScriptFreeBrowser
  readonly email: string
  readonly subject: AccountId
}

/** The app with networks and portals, and common steps. */
export type World = {
  readonly app: TestApp
  readonly networks: TestNetworks
  readonly nordwind: TestPortal
  readonly suedstern: TestPortal
  /** Back-channel logout endpoint of both portals. */
  readonly backChannel: BackChannel
  /** Signs up with a new address. */
  readonly person: () => Promise<SignedInPerson>
  /** Signs in through a network in a new browser. No subject means that it failed. */
  readonly arrive: (
    id: NetworkId,
    person: Person,
  ) => Promise<{ browser: ScriptFreeBrowser; page: ShownPage; subject: string | undefined }>
  readonly subjectOf: (browser: ScriptFreeBrowser) => Promise<string>
  /** Ids of the networks linked to an account. */
  readonly linkedTo: (subject: string | undefined) => Promise<readonly string[]>
  /** Addresses of an account, proved or not. */
  readonly addressesOf: (subject: string | undefined) => Promise<readonly string[]>
  /** Posts a form of the profile page, even if the page does not show it. */
  readonly change: (browser: ScriptFreeBrowser, action: string) => Promise<ShownPage>
  /** Changes a network's row in the database. @returns a function that restores it */
  readonly setProvider: (id: NetworkId, change: Partial<Provider>) => Promise<() => Promise<unknown>>
  /** Restores networks and portals, empties the back channel and refills budgets. */
  readonly reset: () => Promise<void>
  readonly close: () => Promise<void>
}

type Run = (name: string, run: (world: World) => Promise<void>) => void

/** Runs the tests in one world per engine, which is reset before each test. */
export function inWorlds(tests: (run: Run) => void, engines?: readonly Engine[]): void {
  onEachEngine((engine) => {
    let world: World
    before(async () => {
      world = await startWorld({ engine })
    })
    beforeEach(() => world.reset())
    after(() => world.close())
    tests((name, run) => test(name, () => run(world)))
  }, engines)
}

/** Runs one test in a world of its own. */
export async function inWorld(settings: AppSettings, run: (world: World) => Promise<void>): Promise<void> {
  const world = await startWorld(settings)
  try {
    await run(world)
  } finally {
    await world.close()
  }
}

export async function startWorld(settings: AppSettings): Promise<World> {
  const app = await startApp(settings)
  const { database } = app
  const networks = await startTestNetworks(app)
  const backChannel = await startBackChannel()
  const portal = (id: string) => addPortal(app, id, { backchannelLogoutUri: `${backChannel.url}/${id}` })
  const setProvider: World['setProvider'] = async (id, change) => {
    const provider = await database.read.providers.find(id)
    assert.ok(provider)
    await database.inTransaction(async ({ providers }) => {
      await providers.delete(id)
      await providers.insert({ ...provider, ...change })
    })
    return () => setProvider(id, provider)
  }
  return {
    app,
    networks,
    backChannel,
    nordwind: await portal('nordwind'),
    suedstern: await portal('suedstern'),
    person: async () => {
      const email = newEmail()
      const browser = app.browser(portalOrigin)
      await signUp(app, browser, email)
      const subject = (await whoIs(app, browser))?.subject as AccountId
      return { browser, email, subject }
    },
    arrive: async (id, person) => {
      const browser = app.browser()
      const page = await networks.signIn(browser, id, person)
      return { browser, page, subject: (await whoIs(app, browser))?.subject }
    },
    subjectOf: async (browser) => {
      const signed = await whoIs(app, browser)
      assert.ok(signed, 'no account is signed in')
      return signed.subject
    },
    linkedTo: async (subject) => {
      const links = await database.read.federatedIdentifiers.listOfAccount((subject ?? '') as AccountId)
      return links.map((link) => link.providerId).toSorted()
    },
    addressesOf: async (subject) => {
      const identifiers = await database.read.identifiers.listOfAccount((subject ?? '') as AccountId)
      return identifiers.map((identifier) => identifier.canonical)
    },
    change: async (browser, action) => {
      const page = await browser.open(`${app.url}/profile`)
      return post(browser, page, action)
    },
    setProvider,
    reset: async () => {
      await app.foundation.connection.migrator.deleteFrom('throttle').execute()
      for (const id of ['sim-google', 'sim-x'] as const) {
        await networks.set(id, { behaviour: 'operational', fault: null })
      }
      backChannel.become('well')
      await app.drainMail()
      backChannel.take()
    },
    close: async () => {
      await backChannel.close()
      await networks.close()
      await app.close()
    },
  }
}
