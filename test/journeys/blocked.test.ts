import { journeys } from './people.ts'
import {
  assertIsInPortal,
  goThrough,
  newNetworkAccount,
  onTheWayToNordwind,
  signInWithPassword,
  signUp,
} from './steps.ts'
import { assertDoesNotSay, assertSays } from './visitor.ts'

// A real block: the browser's connection to the network is refused, the server's is not.
const { inChromium, inChromiumWithoutScript } = journeys({
  chromium: async (stage) => {
    const { host } = await stage.networkUrl('sim-google')
    return [`--host-resolver-rules=MAP ${host} 127.0.0.1:1`]
  },
})

inChromium('My browser cannot reach the network: I am told before I leave, and my password works', async (journey) => {
  const { stage, words } = journey
  const { address, visitor } = await onTheWayToNordwind(journey)
  await visitor.press('Sim Google')
  await assertSays(visitor, words.unreachableHere, words.anyway, words.reference, words.towards('Nordwind'))
  await signInWithPassword(journey, visitor, address)
  await assertIsInPortal(journey, visitor, stage.nordwind)
})

inChromium('My browser cannot reach the network: I take the other one', async (journey) => {
  const { stage, words, visit } = journey
  const visitor = await visit()
  const account = newNetworkAccount()
  await visitor.open(stage.nordwind)
  await visitor.press(words.signIn)
  await visitor.press('Sim Google')
  await goThrough(journey, visitor, 'sim-x', account)
  await assertIsInPortal(journey, visitor, stage.nordwind, account.name)
})

inChromium('I reload the page that says so, choose my language there, and it says the same', async (journey) => {
  const { words } = journey
  const { visitor } = await onTheWayToNordwind(journey)
  await visitor.press('Sim Google')
  const before = visitor.url().href
  await visitor.page.reload()
  await assertSays(visitor, words.unreachableHere, words.towards('Nordwind'))
  await visitor.press(words.chooseLanguage)
  await assertDoesNotSay(visitor, words.unreachableHere)
  await assertSays(visitor, 'Sim Google')
  if (visitor.url().href !== before) throw new Error(`${visitor.url()} is not ${before}`)
})

inChromium('I was told so once: next time the network that works comes first', async (journey) => {
  const { stage, words } = journey
  const { address, visitor } = await onTheWayToNordwind(journey)
  await visitor.press('Sim Google')
  const tab = await visitor.newTab()
  await tab.open(stage.nordwind)
  await tab.press(words.signIn)
  await assertDoesNotSay(tab, words.notReturned)
  await assertSays(tab, `Sim X Sim Google ${words.notLastTime}`)
  await signInWithPassword(journey, tab, address)
  await assertIsInPortal(journey, tab, stage.nordwind)
})

inChromium('I try it anyway, end up nowhere, go back and find the other ways', async (journey) => {
  const { stage, words } = journey
  const { address, visitor } = await onTheWayToNordwind(journey)
  await visitor.press('Sim Google')
  await visitor.pressInVain(words.tryAnyway)
  await visitor.goBack()
  await assertSays(visitor, words.notReturned, words.towards('Nordwind'))
  await signInWithPassword(journey, visitor, address)
  await assertIsInPortal(journey, visitor, stage.nordwind)
})

inChromiumWithoutScript('I end up nowhere, go back, and the other ways come first', async (journey) => {
  const { stage, words } = journey
  const { address, visitor } = await onTheWayToNordwind(journey)
  await visitor.pressInVain('Sim Google')
  await visitor.goBack()
  await assertSays(visitor, words.notReturned, words.towards('Nordwind'))
  await signInWithPassword(journey, visitor, address)
  await assertIsInPortal(journey, visitor, stage.nordwind)
})

inChromiumWithoutScript('I end up nowhere, close the tab, and begin again at the portal', async (journey) => {
  const { stage, words } = journey
  const { address, visitor } = await onTheWayToNordwind(journey)
  await visitor.pressInVain('Sim Google')
  const tab = await visitor.newTab()
  await visitor.page.close()
  await tab.open(stage.nordwind)
  await tab.press(words.signIn)
  await assertSays(tab, words.notReturned)
  await signInWithPassword(journey, tab, address)
  await assertIsInPortal(journey, tab, stage.nordwind)
})

inChromium('The help page looks from my browser, when I ask it to, and says what it found', async (journey) => {
  const { stage, words, visit } = journey
  const visitor = await visit()
  const { host } = await stage.networkUrl('sim-google')
  let asked = false
  visitor.page.on('request', (request) => {
    if (new URL(request.url()).host === host) asked = true
  })
  await visitor.open(`${stage.url}/help/sign-in`)
  await assertSays(visitor, words.problems, words.networkWorks)
  if (asked) throw new Error('a network was asked that nobody chose')
  await visitor.page.getByRole('button', { name: words.check }).click()
  await visitor.page.getByText(words.isNotReachable).waitFor()
})

inChromium(
  'I want to link a network that I cannot reach: the profile says so, and I am still there',
  async (journey) => {
    const { stage, words, visit } = journey
    const visitor = await visit()
    await signUp(journey, visitor)
    await visitor.open(`${stage.url}/profile`)
    await visitor.press(words.link('Sim Google'))
    await assertSays(visitor, words.unreachableHere, words.tryAnyway, words.reference, words.notLastTime)
    await visitor.page.reload()
    await assertSays(visitor, words.link('Sim Google'))
  },
)
