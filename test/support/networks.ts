import {
  type BehaviourName,
  type FaultName,
  type NetworkId,
  type RunningNetworks,
  startNetworks,
} from '#development/networks/index.ts'
import { networksSettings, registerNetworks } from '#development/start-simulated-networks.ts'
import { forgetEvidence } from '#features/provider-health/index.ts'
import type { TestApp } from './app.ts'
import type { ScriptFreeBrowser, ShownPage } from './browser.ts'

export type Person = {
  readonly subject: string
  readonly name?: string
  readonly email?: string
  readonly emailVerified?: boolean
}

let people = 0

/** A person with a unique subject. */
export function newPerson(more: Partial<Person> = {}): Person {
  people += 1
  return { subject: `s-${people}`, name: `Person ${people}`, ...more }
}

export type TestNetworks = {
  readonly running: RunningNetworks
  /** How the network behaves from now on. */
  readonly set: (id: NetworkId, change: { behaviour?: BehaviourName; fault?: FaultName | null }) => Promise<void>
  /** Starts at the sign-in page and stops at the network's page, or at ours if the network is not reached. */
  readonly start: (browser: ScriptFreeBrowser, id: NetworkId, continueTo?: string) => Promise<ShownPage>
  /** Chooses an account at the network's page, and comes back. */
  readonly choose: (browser: ScriptFreeBrowser, page: ShownPage, person: Person) => Promise<ShownPage>
  /** `start` and `choose`. */
  readonly signIn: (browser: ScriptFreeBrowser, id: NetworkId, person: Person) => Promise<ShownPage>
  readonly close: () => Promise<void>
}

/** Simulated networks on loopback, registered in the app. */
export async function startTestNetworks(app: TestApp): Promise<TestNetworks> {
  const running = await startNetworks(networksSettings(app.url, () => 0))
  await registerNetworks(app.foundation, running.urls)
  const start: TestNetworks['start'] = async (browser, id, continueTo = '/profile') => {
    const page = await browser.open(`${app.url}/sign-in?again=1&continue=${encodeURIComponent(continueTo)}`)
    return browser.submit(
      page,
      page.forms.find((form) => form.action === `/sign-in/with/${id}`),
    )
  }
  const choose: TestNetworks['choose'] = (browser, page, person) => {
    const other = page.forms.find((form) => form.fields.choice === 'other')
    return browser.submit(page, other, typedAs(person))
  }
  return {
    running,
    set: async (id, change) => {
      await running.set(id, change)
      await app.health.settle()
      await forgetEvidence({ clock: app.clock, inTransaction: app.database.inTransaction }, id)
      await app.health.settle()
    },
    start,
    choose,
    signIn: async (browser, id, person) => choose(browser, await start(browser, id), person),
    close: running.close,
  }
}

/** The form fields for a person at the network's page. */
function typedAs({ subject, name = '', email = '', emailVerified }: Person): Record<string, string> {
  return { subject, name, email, ...(emailVerified && { emailVerified: 'true' }) }
}

/** The callback URL that the network redirects to, without opening it. */
export async function answerFor(page: ShownPage, person: Person): Promise<string> {
  const other = page.forms.find((form) => form.fields.choice === 'other')
  const body = new URLSearchParams({ ...other?.fields, ...typedAs(person) })
  const response = await fetch(page.url, { method: 'POST', body, redirect: 'manual' })
  return response.headers.get('location') ?? ''
}
