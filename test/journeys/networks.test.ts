import assert from 'node:assert/strict'
import { afterEach } from 'node:test'
import { journeys } from './people.ts'
import {
  assertIsInPortal,
  enterPortal,
  goThrough,
  knownAt,
  newNetworkAccount,
  onTheWayToNordwind,
  signInWithPassword,
} from './steps.ts'
import { assertDoesNotSay, assertSays, assertSaysEither } from './visitor.ts'

const { everybody, inChromium, withoutScript, stage } = journeys()

afterEach(async () => {
  for (const id of ['sim-google', 'sim-x'] as const) {
    await stage().setNetwork(id, { behaviour: 'operational', fault: null, account: null })
  }
})

for (const id of ['sim-google', 'sim-x'] as const) {
  everybody(`I sign in to a portal through ${id}, and next time it is the first to be offered`, async (journey) => {
    const { stage, words, visit } = journey
    const visitor = await visit()
    const account = newNetworkAccount()
    await visitor.open(stage.nordwind)
    await visitor.press(words.signIn)
    await goThrough(journey, visitor, id, account)
    await assertIsInPortal(journey, visitor, stage.nordwind, account.name)
    await assertSays(visitor, account.email)
    await enterPortal(journey, visitor, stage.suedstern, account.name)
    await visitor.open(`${stage.url}/sign-out`)
    await visitor.press(words.signOut)
    await visitor.open(`${stage.url}/sign-in`)
    await assertSays(visitor, words.usedLast)
    await goThrough(journey, visitor, id, account)
    assert.ok(await visitor.signedIn())
  })
}

const troubles = [
  // With script, the browser detects it first.
  { behaviour: 'down', says: 'unreachable', or: 'unreachableHere' },
  { behaviour: 'slow', says: 'slow', or: 'unreachableHere' },
  { behaviour: 'error', says: 'error', or: 'error' },
  { behaviour: 'malformed', says: 'faulty', or: 'faulty' },
] as const

for (const { behaviour, says, or } of troubles) {
  everybody(`The network is ${behaviour}: I am told so, and take my password to the portal`, async (journey) => {
    const { stage, words } = journey
    const { address, visitor } = await onTheWayToNordwind(journey)
    await stage.setNetwork('sim-google', { behaviour })
    await visitor.press('Sim Google')
    await assertSaysEither(visitor, words[says], words[or])
    await assertSays(visitor, words.anyway, words.reference, words.towards('Nordwind'))
    await signInWithPassword(journey, visitor, address)
    await assertIsInPortal(journey, visitor, stage.nordwind)
  })
}

everybody('One network is down: I take the other one to the portal', async (journey) => {
  const { stage, words, visit } = journey
  const visitor = await visit()
  const account = newNetworkAccount()
  await stage.setNetwork('sim-google', { behaviour: 'down' })
  await visitor.open(stage.nordwind)
  await visitor.press(words.signIn)
  await visitor.press('Sim Google')
  await assertSaysEither(visitor, words.unreachable, words.unreachableHere)
  await goThrough(journey, visitor, 'sim-x', account)
  await assertIsInPortal(journey, visitor, stage.nordwind, account.name)
})

everybody('The network was down and is well again: I try it again', async (journey) => {
  const { stage, words, visit } = journey
  const visitor = await visit()
  const account = newNetworkAccount()
  await stage.setNetwork('sim-google', { behaviour: 'down' })
  await visitor.open(stage.nordwind)
  await visitor.press(words.signIn)
  await visitor.press('Sim Google')
  await stage.setNetwork('sim-google', { behaviour: 'operational' })
  await knownAt(journey, 'sim-google', account)
  await visitor.press(words.tryAnyway)
  await visitor.press(account.name)
  await assertIsInPortal(journey, visitor, stage.nordwind, account.name)
})

for (const [what, change, says] of [
  ['answers nonsense', { behaviour: 'malformed' }, 'faulty'],
  ['does not come to an end', { fault: 'slow-drip' }, 'slow'],
] as const) {
  everybody(`The network lets me go on and then ${what}: my password takes me to the portal`, async (journey) => {
    const { stage, words } = journey
    const { address, visitor } = await onTheWayToNordwind(journey)
    await visitor.press('Sim Google')
    await stage.setNetwork('sim-google', change)
    await visitor.press('Anna Lindner')
    await assertSays(visitor, words[says], words.anyway, words.towards('Nordwind'))
    await signInWithPassword(journey, visitor, address)
    await assertIsInPortal(journey, visitor, stage.nordwind)
  })
}

for (const { behaviour, says } of troubles.filter((trouble) => trouble.behaviour !== 'malformed')) {
  inChromium(`I come back from a network that is ${behaviour} now: my password takes me on`, async (journey) => {
    const { stage, words } = journey
    const { address, visitor } = await onTheWayToNordwind(journey)
    await visitor.press('Sim Google')
    const network = visitor.url().origin
    await visitor.page.route(
      (url) => url.origin === network,
      async (route) => {
        const response = await route.fetch({ maxRedirects: 0 })
        await stage.setNetwork('sim-google', { behaviour })
        await route.fulfill({ response })
      },
    )
    await visitor.press('Anna Lindner')
    await assertSays(visitor, words[says], words.anyway, words.towards('Nordwind'))
    await signInWithPassword(journey, visitor, address)
    await assertIsInPortal(journey, visitor, stage.nordwind)
  })
}

inChromium('My provider blocks the network: I am told so before I leave, and get in another way', async (journey) => {
  const { stage, words } = journey
  const { address, visitor } = await onTheWayToNordwind(journey)
  await stage.setNetwork('sim-google', { behaviour: 'blocked' })
  await visitor.press('Sim Google')
  await assertSays(visitor, words.unreachableHere, words.anyway, words.towards('Nordwind'))
  await signInWithPassword(journey, visitor, address)
  await assertIsInPortal(journey, visitor, stage.nordwind)
})

withoutScript('My provider blocks the network: I go back, and the other ways come first', async (journey) => {
  const { stage, words } = journey
  const { address, visitor } = await onTheWayToNordwind(journey)
  await stage.setNetwork('sim-google', { behaviour: 'blocked' })
  await assert.rejects(visitor.press('Sim Google'))
  await visitor.open(stage.nordwind)
  await visitor.press(words.signIn)
  await assertSays(visitor, words.notReturned)
  await signInWithPassword(journey, visitor, address)
  await assertIsInPortal(journey, visitor, stage.nordwind)
})

everybody('The network has changed its keys: I notice nothing', async (journey) => {
  const { stage, words, visit } = journey
  const visitor = await visit()
  const account = newNetworkAccount()
  await stage.setNetwork('sim-google', { behaviour: 'rotated-keys' })
  await visitor.open(stage.nordwind)
  await visitor.press(words.signIn)
  await goThrough(journey, visitor, 'sim-google', account)
  await assertIsInPortal(journey, visitor, stage.nordwind, account.name)
})

everybody('I turn back at the network, and find the same ways again', async (journey) => {
  const { words, stage } = journey
  const { address, visitor } = await onTheWayToNordwind(journey)
  await visitor.press('Sim Google')
  await visitor.press(words.cancel)
  await assertSays(visitor, words.cancelled)
  await assertDoesNotSay(visitor, words.anyway)
  await signInWithPassword(journey, visitor, address)
  await assertIsInPortal(journey, visitor, stage.nordwind)
})
