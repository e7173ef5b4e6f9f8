import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { NetworkId } from '#development/networks/index.ts'
import type { Provider } from '#features/provider/index.ts'
import { minute } from '#kernel/duration.ts'
import type { AccountId } from '#kernel/id.ts'
import { startApp, type TestApp } from './app.ts'
import type { ScriptFreeBrowser, ShownPage } from './browser.ts'
import { onEachEngine } from './engines.ts'
import { type Person, startTestNetworks, type TestNetworks, typedAs } from './networks.ts'
import { whoIs } from './people.ts'

let people = 0

/** Somebody new at a network. */
export function somebody(more: Partial<Person> = {}): Person {
  people += 1
  return { subject: `s-${people}`, name: `Person ${people}`, ...more }
}

/** A new address, which the rule for Google trusts when it is verified. */
export function gmail(): string {
  people += 1
  return `person${people}@gmail.com`
}

/** The app with its networks, and what people do there. */
export type World = {
  readonly app: TestApp
  readonly networks: TestNetworks
  /** Signs in through a network in a new browser; without a subject it came to nothing. */
  readonly arrive: (
    id: NetworkId,
    person: Person,
  ) => Promise<{ browser: ScriptFreeBrowser; page: ShownPage; subject: string | undefined }>
  readonly subjectOf: (browser: ScriptFreeBrowser) => Promise<string>
  /** Ids of the networks linked to an account. */
  readonly linkedTo: (subject: string | undefined) => Promise<readonly string[]>
  /** Addresses of an account, proved or not. */
  readonly addressesOf: (subject: string | undefined) => Promise<readonly string[]>
  /** Sends a form of the profile page, or what would be one if the page still showed it. */
  readonly change: (browser: ScriptFreeBrowser, action: string) => Promise<ShownPage>
  /** Changes a network's row behind everybody's back. @returns what changes it back */
  readonly setProvider: (id: NetworkId, change: Partial<Provider>) => Promise<() => Promise<unknown>>
}

type Attack = (name: string, run: (world: World) => Promise<void>) => void

/** Runs the tests in a world of their own on either engine; before each the networks are well and budgets are full. */
export function inFederatedWorlds(tests: (attack: Attack) => void): void {
  onEachEngine((engine) => {
    let world: World
    before(async () => {
      const app = await startApp({ engine })
      world = createWorld(app, await startTestNetworks(app))
    })
    beforeEach(async () => {
      world.app.clock.advance(10 * minute)
      const well = { behaviour: 'operational', fault: null } as const
      for (const id of ['sim-google', 'sim-x'] as const) await world.networks.set(id, well)
    })
    after(async () => {
      await world.networks.close()
      await world.app.close()
    })
    tests((name, run) => test(name, () => run(world)))
  })
}

function createWorld(app: TestApp, networks: TestNetworks): World {
  const { database } = app
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
    arrive: async (id, person) => {
      const browser = app.browser()
      const page = await networks.signIn(browser, id, person)
      return { browser, page, subject: (await whoIs(app, browser))?.subject }
    },
    subjectOf: async (browser) => {
      const signed = await whoIs(app, browser)
      assert.ok(signed, 'nobody is signed in')
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
  }
}

/** Posts to an address from a page, with the page's own token, whatever forms it shows. */
export function post(
  browser: ScriptFreeBrowser,
  page: ShownPage,
  action: string,
  fields: Readonly<Record<string, string>> = {},
): Promise<ShownPage> {
  const csrf = page.forms[0]?.fields.csrf ?? ''
  return browser.submit(page, { method: 'POST', action, fields: { csrf, ...fields }, text: '' })
}

/** The address with which a network sends the browser back, not yet opened. */
export async function answerFor(page: ShownPage, person: Person): Promise<string> {
  const other = page.forms.find((form) => form.fields.choice === 'other')
  const body = new URLSearchParams({ ...other?.fields, ...typedAs(person) })
  const response = await fetch(page.url, { method: 'POST', body, redirect: 'manual' })
  return response.headers.get('location') ?? ''
}

/** M2: says what happened, has a number for questions, and the other ways are there as forms. */
export function assertRefused(page: ShownPage, status: number): void {
  assert.equal(page.status, status, page.body)
  assert.match(page.body, /Nummer für Rückfragen: [A-Z2-9]{4}-[A-Z2-9]{4}/)
  assert.ok(page.forms.some((form) => form.action === '/sign-in' && 'password' in form.fields))
}
