import assert from 'node:assert/strict'
import type { Request } from 'playwright-core'
import { journeys } from './people.ts'
import {
  assertIsInPortal,
  knownAt,
  newNetworkAccount,
  onTheWayToNordwind,
  password,
  signInWithPassword,
  signUp,
} from './steps.ts'
import { assertDoesNotSay, assertIsAt, assertSays } from './visitor.ts'

const { everybody, inChromium } = journeys()

/** Sends the browser's request with all headers except some. */
async function forward(request: Request, without: readonly string[] = []): Promise<Response> {
  const headers = Object.entries(await request.allHeaders()).filter(
    ([name]) => !name.startsWith(':') && !['connection', 'content-length', 'host', ...without].includes(name),
  )
  // Playwright does not expose this header.
  headers.push(['sec-fetch-site', 'same-origin'])
  // A browser controlled by Playwright never loads favicons, which the page uses for its check.
  const body = request.postData()?.replace('check=unreachable', 'check=reachable') ?? null
  return fetch(request.url(), { method: request.method(), headers, body, redirect: 'manual' })
}

inChromium('I go back from the network, and the other ways come first', async (journey) => {
  const { stage, words } = journey
  const { address, visitor } = await onTheWayToNordwind(journey)
  await visitor.press('Sim Google')
  await visitor.goBack()
  await assertSays(visitor, words.notReturned, words.towards('Nordwind'))
  await signInWithPassword(journey, visitor, address)
  await assertIsInPortal(journey, visitor, stage.nordwind)
})

inChromium('I mistype my password, try the network, go back, and still get to the portal', async (journey) => {
  const { stage, words } = journey
  const { address, visitor } = await onTheWayToNordwind(journey)
  await signInWithPassword(journey, visitor, address, 'etwas ganz anderes')
  await assertSays(visitor, words.notRight)
  await visitor.press('Sim Google')
  await visitor.goBack()
  await assertSays(visitor, words.notReturned, words.towards('Nordwind'))
  await signInWithPassword(journey, visitor, address)
  await assertIsInPortal(journey, visitor, stage.nordwind)
})

inChromium('My browser shows me the page as I left it: it notices, and offers the other ways', async (journey) => {
  const { stage, words } = journey
  const { address, visitor } = await onTheWayToNordwind(journey)
  // The page stays as it is although the form was sent, like a page that Safari restores from its cache.
  await visitor.page.route('**/sign-in/with/sim-google', async (route) => {
    assert.equal((await forward(route.request())).status, 303)
    await route.fulfill({ status: 204 })
  })
  const left = visitor.page.waitForResponse('**/sign-in/with/sim-google')
  await visitor.page.getByRole('button', { name: 'Sim Google' }).click()
  await left
  await Promise.all([
    visitor.page.waitForEvent('load'),
    visitor.page.evaluate(`dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))`),
  ])
  await assertSays(visitor, words.notReturned, words.towards('Nordwind'))
  await signInWithPassword(journey, visitor, address)
  await assertIsInPortal(journey, visitor, stage.nordwind)
})

inChromium('I leave the network open and come to the portal once more in a new tab', async (journey) => {
  const { stage, words } = journey
  const { address, visitor } = await onTheWayToNordwind(journey)
  await visitor.press('Sim Google')
  const tab = await visitor.newTab()
  await tab.open(stage.nordwind)
  await tab.press(words.signIn)
  await assertSays(tab, words.notReturned, words.towards('Nordwind'))
  await signInWithPassword(journey, tab, address)
  await assertIsInPortal(journey, tab, stage.nordwind)
})

everybody('I come back to the sign-in page by hand, and still get to the portal', async (journey) => {
  const { stage, words } = journey
  const { address, visitor } = await onTheWayToNordwind(journey)
  await visitor.press('Sim Google')
  await visitor.open(`${stage.url}/sign-in`)
  await assertSays(visitor, words.notReturned, words.towards('Nordwind'))
  await signInWithPassword(journey, visitor, address)
  await assertIsInPortal(journey, visitor, stage.nordwind)
})

everybody('I got in by another way since: nobody asks about the network any more', async (journey) => {
  const { stage, words } = journey
  const { address, visitor } = await onTheWayToNordwind(journey)
  await visitor.press('Sim Google')
  await visitor.open(`${stage.url}/sign-in`)
  await signInWithPassword(journey, visitor, address)
  await visitor.open(`${stage.url}/sign-in?again=1`)
  await assertDoesNotSay(visitor, words.notReturned)
})

everybody('I ask for help on the way to a portal, and the way it shows me ends in the portal', async (journey) => {
  const { stage, words } = journey
  const { address, visitor } = await onTheWayToNordwind(journey)
  await visitor.press('Sim Google')
  await visitor.open(`${stage.url}/sign-in`)
  await visitor.press(words.trouble)
  await assertSays(visitor, words.problems, words.notReturnedHelp, words.towards('Nordwind'))
  await visitor.press(words.toSignIn)
  await signInWithPassword(journey, visitor, address)
  await assertIsInPortal(journey, visitor, stage.nordwind)
})

everybody('I ask the help page for a link by mail, and end in the portal', async (journey) => {
  const { stage, words } = journey
  const { address, visitor } = await onTheWayToNordwind(journey)
  await visitor.press(words.trouble)
  await visitor.press(words.byMail)
  await visitor.type(words.identifier, address)
  await visitor.press(words.sendLink)
  const mail = await stage.nextMail(address)
  assert.ok(mail.text.includes(`${stage.url}/help/sign-in`), mail.text)
  await visitor.open(mail.link)
  await visitor.type(words.newPassword, password)
  await visitor.press(words.setNew)
  await visitor.press(words.toSignIn)
  await signInWithPassword(journey, visitor, address)
  await assertIsInPortal(journey, visitor, stage.nordwind)
})

everybody('I press the network twice, and go there once', async (journey) => {
  const { stage, words, visit } = journey
  const visitor = await visit()
  const account = newNetworkAccount()
  await knownAt(journey, 'sim-google', account)
  await visitor.open(stage.nordwind)
  await visitor.press(words.signIn)
  await visitor.pressTwice('Sim Google')
  await visitor.press(account.name)
  await assertIsInPortal(journey, visitor, stage.nordwind, account.name)
})

inChromium('I choose the network with the Enter key', async (journey) => {
  const { stage, words, visit } = journey
  const visitor = await visit()
  const { origin } = await stage.networkUrl('sim-google')
  await visitor.open(stage.nordwind)
  await visitor.press(words.signIn)
  await visitor.page.getByRole('button', { name: 'Sim Google' }).focus()
  await visitor.page.keyboard.press('Enter')
  await visitor.page.waitForURL((url) => url.origin === origin)
})

inChromium('My device is offline: the page says so, and blames no network', async (journey) => {
  const { stage, words, visit } = journey
  const visitor = await visit()
  const { origin } = await stage.networkUrl('sim-google')
  await visitor.open(`${stage.url}/sign-in`)
  const network = visitor.page.getByRole('button', { name: 'Sim Google' })
  await visitor.page.context().setOffline(true)
  await network.click()
  await visitor.page.getByText(words.offline).waitFor()
  await visitor.page.context().setOffline(false)
  await network.click()
  await visitor.page.waitForURL((url) => url.origin === origin)
})

inChromium('I change my mind while the network is being looked for: I go where I want', async (journey) => {
  const { stage, words, visit } = journey
  const visitor = await visit()
  await visitor.open(`${stage.url}/sign-in`)
  await stage.setNetwork('sim-google', { behaviour: 'slow' })
  await visitor.page.getByRole('button', { name: 'Sim Google' }).click()
  await visitor.press(words.forgot)
  assertIsAt(visitor, `${stage.url}/recover`)
  await stage.setNetwork('sim-google', { behaviour: 'operational' })
})

inChromium('My browser takes no cookies: I am told what to do', async (journey) => {
  const { stage, words, earlier, visit } = journey
  const address = await signUp(journey, earlier())
  const visitor = await visit()
  await visitor.page.route(`${stage.url}/**`, async (route) => {
    const response = await forward(route.request(), ['cookie'])
    const { 'set-cookie': _refused, 'content-encoding': _undone, ...headers } = Object.fromEntries(response.headers)
    await route.fulfill({ status: response.status, headers, body: Buffer.from(await response.arrayBuffer()) })
  })
  await visitor.open(`${stage.url}/sign-in`)
  await signInWithPassword(journey, visitor, address)
  await assertSays(visitor, words.noCookies, words.reference)
  await visitor.open(`${stage.url}/sign-in/with/sim-google/callback?state=of-another-time&code=1`)
  await assertSays(visitor, words.notRecognised, words.reference)
})
