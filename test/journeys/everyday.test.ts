import assert from 'node:assert/strict'
import { type Journey, journeys } from './people.ts'
import { eventually } from './stage.ts'
import {
  askForProfile,
  assertIsInPortal,
  completeProfile,
  enterPortal,
  newAddress,
  otherPassword,
  password,
  signInWithPassword,
  signUp,
} from './steps.ts'
import { assertDoesNotSay, assertIsAt, assertSays, type Visitor } from './visitor.ts'

const { everybody, inChromium } = journeys()

/** Waits, because the portal is notified through the back channel, not through the browser. */
async function assertGetsSignedOut({ words }: Journey, visitor: Visitor, portal: string): Promise<void> {
  await eventually(async () => {
    await visitor.open(portal)
    return (await visitor.text()).includes(words.hello('Anna')) ? undefined : true
  }, `being signed out of ${portal}`)
  await assertDoesNotSay(visitor, 'Anna')
}

everybody('I sign up by mail on my way to a portal, and arrive there', async (journey) => {
  const { stage, words, visit } = journey
  const visitor = await visit()
  const address = newAddress()
  await visitor.open(stage.nordwind)
  await visitor.press(words.signIn)
  await assertSays(visitor, words.towards('Nordwind'))
  await visitor.press(words.noProfile)
  await assertSays(visitor, words.towards('Nordwind'))
  await askForProfile(journey, visitor, address)
  await visitor.open((await stage.nextMail(address)).link)
  await visitor.type(words.name, 'Anna')
  await visitor.type(words.newPassword, 'zu kurz')
  await visitor.press(words.createProfile)
  await assertSays(visitor, words.tooShort)
  assert.equal(await visitor.signedIn(), false)
  await visitor.type(words.newPassword, password)
  await visitor.press(words.createProfile)
  await assertIsInPortal(journey, visitor, stage.nordwind)
  await assertSays(visitor, address)
})

everybody(
  'I open the mail on my phone, am in the portal there, and sign in on the computer where I began',
  async (journey) => {
    const { stage, words, visit } = journey
    const [computer, phone] = [await visit(), await visit()]
    const address = newAddress()
    await computer.open(stage.nordwind)
    await computer.press(words.signIn)
    await computer.press(words.noProfile)
    await askForProfile(journey, computer, address)
    await phone.open((await stage.nextMail(address)).link)
    await completeProfile(journey, phone)
    await assertIsInPortal(journey, phone, stage.nordwind)
    await computer.open(stage.nordwind)
    await computer.press(words.signIn)
    await signInWithPassword(journey, computer, address)
    await assertIsInPortal(journey, computer, stage.nordwind)
  },
)

everybody('I sign in to a portal with my password, and to the next one without being asked', async (journey) => {
  const { stage, words, visit, earlier } = journey
  const address = await signUp(journey, earlier())
  const visitor = await visit()
  await visitor.open(stage.nordwind)
  await visitor.press(words.signIn)
  await signInWithPassword(journey, visitor, address, otherPassword)
  await assertSays(visitor, words.notRight, words.towards('Nordwind'))
  await signInWithPassword(journey, visitor, address)
  await assertIsInPortal(journey, visitor, stage.nordwind)
  await enterPortal(journey, visitor, stage.suedstern)
})

everybody('I sign out at Einlass, and am signed out of both portals', async (journey) => {
  const { stage, words, visit } = journey
  const visitor = await visit()
  await signUp(journey, visitor)
  await enterPortal(journey, visitor, stage.nordwind)
  await enterPortal(journey, visitor, stage.suedstern)
  await visitor.open(`${stage.url}/portals`)
  await visitor.press(words.signOut)
  await assertSays(visitor, words.signOutQuestion, 'Nordwind', 'Südstern')
  await visitor.press(words.signOut)
  await assertSays(visitor, words.signedOut)
  assert.equal(await visitor.signedIn(), false)
  await assertGetsSignedOut(journey, visitor, stage.nordwind)
  await assertGetsSignedOut(journey, visitor, stage.suedstern)
  await visitor.press(words.signIn)
  assertIsAt(visitor, `${stage.url}/sign-in`)
})

everybody('I sign out of everything from a portal', async (journey) => {
  const { stage, words, visit } = journey
  const visitor = await visit()
  await signUp(journey, visitor)
  await enterPortal(journey, visitor, stage.nordwind)
  await enterPortal(journey, visitor, stage.suedstern)
  await visitor.press(words.signOutHere)
  await assertDoesNotSay(visitor, 'Anna')
  await enterPortal(journey, visitor, stage.suedstern)
  await visitor.press(words.signOutEverywhere)
  await assertSays(visitor, words.signOutQuestion, 'Nordwind', 'Südstern')
  await visitor.press(words.signOut)
  assertIsAt(visitor, `${stage.suedstern}/signed-out`)
  await assertSays(visitor, words.portalSignedOut)
  assert.equal(await visitor.signedIn(), false)
  await assertGetsSignedOut(journey, visitor, stage.nordwind)
})

everybody('I forget my password and get back in', async (journey) => {
  const { stage, words, visit, earlier } = journey
  const elsewhere = earlier()
  const address = await signUp(journey, elsewhere)
  await enterPortal(journey, elsewhere, stage.suedstern)
  const visitor = await visit()
  await visitor.open(stage.nordwind)
  await visitor.press(words.signIn)
  await visitor.press(words.forgot)
  await visitor.type(words.identifier, address)
  await visitor.press(words.sendLink)
  await assertSays(visitor, words.recoverySent, words.towards('Nordwind'))
  await visitor.open((await stage.nextMail(address)).link)
  await visitor.type(words.newPassword, otherPassword)
  await visitor.press(words.setNew)
  await assertSays(visitor, words.isSet)
  assert.equal(await visitor.signedIn(), false)
  assert.equal(await elsewhere.signedIn(), false)
  await assertGetsSignedOut(journey, elsewhere, stage.suedstern)
  assert.equal((await stage.nextMail(address)).subject, words.passwordChanged)
  await visitor.press(words.toSignIn)
  await signInWithPassword(journey, visitor, address)
  await assertSays(visitor, words.notRight)
  await signInWithPassword(journey, visitor, address, otherPassword)
  await assertIsInPortal(journey, visitor, stage.nordwind)
})

everybody('I open an old link, and am told why it is old and get a new one', async (journey) => {
  const { stage, words, visit } = journey
  const visitor = await visit()
  const address = await signUp(journey, visitor)
  await visitor.open(`${stage.url}/recover`)
  await visitor.type(words.identifier, address)
  await visitor.press(words.sendLink)
  await visitor.press(words.another)
  const [first, second] = [await stage.nextMail(address), await stage.nextMail(address)]
  await visitor.open(first.link)
  await assertSays(visitor, words.newerLink)
  await visitor.open(second.link)
  await visitor.type(words.newPassword, otherPassword)
  await visitor.press(words.setNew)
  await visitor.open(second.link)
  await assertSays(visitor, words.usedLink)
  await visitor.open(`${second.link.slice(0, -4)}AAAA`)
  await assertSays(visitor, words.unknownLink)
  await visitor.press(words.newLink)
  await visitor.type(words.identifier, address)
  await visitor.press(words.sendLink)
  await stage.nextMail(address)
  await visitor.open((await stage.nextMail(address)).link)
  await visitor.type(words.newPassword, password)
  await visitor.press(words.setNew)
  await assertSays(visitor, words.isSet)
})

everybody('I choose my language', async (journey) => {
  const { stage, words, visit } = journey
  const visitor = await visit()
  await visitor.open(stage.nordwind)
  await visitor.press(words.signIn)
  await visitor.press(words.chooseLanguage)
  await assertSays(visitor, words.otherSignIn)
  await assertDoesNotSay(visitor, words.identifier)
  await visitor.open(`${stage.url}/recover`)
  await assertDoesNotSay(visitor, words.identifier)
})

everybody('I mistype an address of the site, and am told so', async (journey) => {
  const { stage, words, visit } = journey
  const visitor = await visit()
  await visitor.open(`${stage.url}/anmeldnug`)
  await assertSays(visitor, words.notFound, words.notFoundWhy)
  await visitor.press(words.toSignIn)
  assertIsAt(visitor, `${stage.url}/sign-in`)
})

everybody('I press everything twice, and nothing bad happens', async (journey) => {
  const { stage, words, visit } = journey
  const visitor = await visit()
  const address = newAddress()
  await visitor.open(`${stage.url}/sign-up`)
  await visitor.type(words.email, address)
  await visitor.pressTwice(words.goOn)
  await assertSays(visitor, address)
  // Without script two mails are sent, and only the newest link works.
  const first = await stage.nextMail(address)
  await visitor.open(first.link)
  if ((await visitor.text()).includes(words.newerLink)) await visitor.open((await stage.nextMail(address)).link)
  await visitor.type(words.name, 'Anna')
  await visitor.type(words.newPassword, password)
  await visitor.pressTwice(words.createProfile)
  assert.ok(await visitor.signedIn())
  await visitor.open(`${stage.url}/sign-out`)
  await visitor.pressTwice(words.signOut)
  await assertSays(visitor, words.signedOut)
  await visitor.open(`${stage.url}/sign-in`)
  await visitor.type(words.identifier, address)
  await visitor.type(words.password, password)
  await visitor.pressTwice(words.signIn)
  assert.ok(await visitor.signedIn())
})

inChromium('A form of ours says where it comes from: older browsers say nothing else', async ({ visit, stage }) => {
  const visitor = await visit()
  await visitor.open(`${stage.url}/sign-in`)
  const posted = visitor.page.waitForRequest((request) => request.method() === 'POST')
  await visitor.page.evaluate(() => document.querySelector<HTMLFormElement>('form[action="/sign-in"]')?.submit())
  assert.equal((await (await posted).allHeaders()).origin, stage.url)
})
