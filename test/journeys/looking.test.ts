import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startApp, type TestApp } from '../support/app.ts'
import { startTestNetworks, type TestNetworks } from '../support/networks.ts'
import { signUp } from '../support/people.ts'
import { addPortal, begin } from '../support/relying-party.ts'

let app: TestApp
let networks: TestNetworks
const own = "'self'"

before(async () => {
  app = await startApp({ engine: 'sqlite' })
  networks = await startTestNetworks(app)
})

after(async () => {
  await networks.close()
  await app.close()
})

/** The origins that the page's script may connect to (`connect-src`). */
function connectSources({ headers }: { readonly headers: Headers }): readonly string[] {
  const policy = headers.get('content-security-policy') ?? ''
  return /connect-src ([^;]*)/.exec(policy)?.[1]?.split(' ') ?? []
}

test('a page with networks may connect to exactly these, also on the way to a portal', async () => {
  const all = [own, networks.running.urls['sim-google'], networks.running.urls['sim-x']]
  const visitor = app.browser()
  for (const path of ['/sign-in', '/sign-up', '/help/sign-in']) {
    assert.deepEqual(connectSources(await visitor.open(app.url + path)), all, path)
  }
  const portal = await addPortal(app, 'lookout', { redirectUris: ['https://lookout.example/callback'] })
  const { url } = await begin({ ...portal, redirectUri: 'https://lookout.example/callback' }, {})
  assert.deepEqual(connectSources(await visitor.open(url)), all)
})

test('a page may not connect to a network that is switched off', async () => {
  const provider = await app.database.read.providers.find('sim-x')
  assert.ok(provider)
  await app.database.inTransaction(async ({ providers }) => providers.switchOff('sim-x'))
  const page = await app.browser().open(`${app.url}/sign-in`)
  assert.deepEqual(connectSources(page), [own, networks.running.urls['sim-google']])
  await app.database.inTransaction(async ({ providers }) => {
    await providers.delete('sim-x')
    await providers.insert(provider)
  })
})

test('a page without networks may connect to no other origin', async () => {
  const browser = app.browser()
  await signUp(app, browser, 'looking@example.org')
  for (const path of ['/recover', '/portals', '/sign-out', '/nowhere', '/recover/sent']) {
    assert.deepEqual(connectSources(await browser.open(app.url + path)), [own], path)
  }
})
