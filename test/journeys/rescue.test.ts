import assert from 'node:assert/strict'
import { type Journey, journeys } from './people.ts'
import { eventually } from './stage.ts'
import {
  assertIsInPortal,
  goThrough,
  type NetworkAccount,
  newNetworkAccount,
  otherPassword,
  password,
  signInWithPassword,
} from './steps.ts'
import { assertDoesNotSay, assertSays } from './visitor.ts'

const { everybody } = journeys()

/** A profile that only has a network. */
async function socialOnly(journey: Journey): Promise<NetworkAccount> {
  const account = newNetworkAccount()
  const before = journey.earlier()
  await before.open(`${journey.stage.url}/sign-in`)
  await goThrough(journey, before, 'sim-google', account)
  assert.ok(await before.signedIn())
  return account
}

everybody(
  'My profile has no password yet: I am told so, set one by e-mail and go on to the portal',
  async (journey) => {
    const { stage, words, visit } = journey
    const account = await socialOnly(journey)
    const visitor = await visit()
    await visitor.open(stage.nordwind)
    await visitor.press(words.signIn)
    await signInWithPassword(journey, visitor, account.email)
    await assertSays(visitor, words.noPasswordYet, words.setByMail, words.withNetwork, words.towards('Nordwind'))
    await visitor.press(words.setByMail)
    await assertSays(visitor, words.recoverySent, account.email)
    const sentAt = visitor.url().href
    const mail = await stage.nextMail(account.email)
    assert.match(mail.text, /Sim Google/)
    await eventually(async () => {
      await visitor.open(sentAt)
      return (await visitor.text()).includes(words.accepted) || undefined
    }, 'being told what became of the mail')
    await visitor.open(mail.link)
    await visitor.type(words.newPassword, password)
    await visitor.press(words.establish)
    await assertSays(visitor, words.isSet)
    await visitor.press(words.toSignIn)
    await signInWithPassword(journey, visitor, account.email)
    await assertIsInPortal(journey, visitor, stage.nordwind, account.name)
  },
)

everybody('I have set a password, and the network still opens the same profile', async (journey) => {
  const { stage, words, visit } = journey
  const account = await socialOnly(journey)
  const visitor = await visit()
  await visitor.open(`${stage.url}/recover`)
  await visitor.type(words.identifier, account.email)
  await visitor.press(words.sendLink)
  await visitor.open((await stage.nextMail(account.email)).link)
  await visitor.type(words.newPassword, password)
  await visitor.press(words.establish)
  await visitor.press(words.toSignIn)
  await goThrough(journey, visitor, 'sim-google', account)
  await visitor.open(`${stage.url}/profile`)
  await assertSays(visitor, account.name, account.email)
})

everybody('I do not want a password: on the same page I take the network to the portal', async (journey) => {
  const { stage, words, visit } = journey
  const account = await socialOnly(journey)
  const visitor = await visit()
  await visitor.open(stage.nordwind)
  await visitor.press(words.signIn)
  await signInWithPassword(journey, visitor, account.email, otherPassword)
  await assertSays(visitor, words.noPasswordYet)
  await goThrough(journey, visitor, 'sim-google', account)
  await assertIsInPortal(journey, visitor, stage.nordwind, account.name)
})

everybody('Somebody else is told the same of an address without profile as of a wrong password', async (journey) => {
  const { stage, words, visit } = journey
  const visitor = await visit()
  await visitor.open(`${stage.url}/sign-in`)
  await signInWithPassword(journey, visitor, 'nobody@example.org')
  await assertSays(visitor, words.notRight)
  await assertDoesNotSay(visitor, words.noPasswordYet)
})
