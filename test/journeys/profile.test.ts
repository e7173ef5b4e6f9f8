import assert from 'node:assert/strict'
import { journeys } from './people.ts'
import { goThrough, newNetworkAccount, password, signInWithPassword, signUp } from './steps.ts'
import { assertDoesNotSay, assertIsAt, assertSays } from './visitor.ts'

const { everybody, inChromium } = journeys()

everybody('I link a network to my profile, sign in with it, and unlink it', async (journey) => {
  const { stage, words, visit, earlier } = journey
  const visitor = await visit()
  const address = await signUp(journey, visitor)
  const account = newNetworkAccount()
  await visitor.open(`${stage.url}/profile`)
  await stage.setNetwork('sim-x', { account: { ...account, emailVerified: true } })
  await visitor.press(words.link('Sim X'))
  await visitor.press(account.name)
  assertIsAt(visitor, `${stage.url}/profile`)
  await assertSays(visitor, words.linked)
  assert.equal((await stage.nextMail(address)).subject, words.linkedMail('Sim X'))
  const other = earlier()
  await other.open(`${stage.url}/sign-in`)
  await goThrough(journey, other, 'sim-x', account)
  await other.open(`${stage.url}/profile`)
  await assertSays(other, address)
  await visitor.press(words.unlink)
  await visitor.press(words.unlinkNow('Sim X'))
  await assertSays(visitor, words.unlinked, words.link('Sim X'))
})

everybody('I cannot remove my last way in', async (journey) => {
  const { stage, words, visit } = journey
  const visitor = await visit()
  const account = newNetworkAccount()
  await visitor.open(`${stage.url}/sign-in`)
  await goThrough(journey, visitor, 'sim-google', account)
  await visitor.open(`${stage.url}/profile`)
  await assertSays(visitor, words.lastWay('Sim Google'))
  await assertDoesNotSay(visitor, words.unlinkNow('Sim Google'))
  await stage.setNetwork('sim-x', { account: { ...account, emailVerified: true } })
  await visitor.press(words.link('Sim X'))
  await visitor.press(account.name)
  await assertDoesNotSay(visitor, words.lastWay('Sim Google'))
  await visitor.press(words.unlink)
  await visitor.press(words.unlinkNow('Sim Google'))
  await assertSays(visitor, words.unlinked, words.lastWay('Sim X'))
})

everybody('A network knows my address already: I prove my profile, and both are one', async (journey) => {
  const { stage, words, visit, earlier } = journey
  const account = newNetworkAccount()
  await signUp(journey, earlier(), account.email)
  const visitor = await visit()
  await visitor.open(stage.nordwind)
  await visitor.press(words.signIn)
  await goThrough(journey, visitor, 'sim-google', account)
  await assertSays(visitor, words.alreadyThere, words.towards('Nordwind'))
  await visitor.type(words.password, password)
  await visitor.press(words.signIn)
  assertIsAt(visitor, stage.nordwind)
  const later = earlier()
  await later.open(`${stage.url}/sign-in`)
  await goThrough(journey, later, 'sim-google', account)
  assert.ok(await later.signedIn())
})

everybody('I sign out a device that I have lost', async (journey) => {
  const { stage, words, visit, earlier } = journey
  const lost = earlier()
  const address = await signUp(journey, lost)
  const visitor = await visit()
  await visitor.open(`${stage.url}/sign-in`)
  await signInWithPassword(journey, visitor, address)
  await visitor.open(`${stage.url}/profile`)
  await visitor.press(words.signOutEverywhere)
  await visitor.press(words.allDevices)
  assert.equal(await visitor.signedIn(), false)
  assert.equal(await lost.signedIn(), false)
})

inChromium('I sign in with the keyboard alone', async (journey) => {
  const { stage, words, visit, earlier } = journey
  const address = await signUp(journey, earlier())
  const { page, open, signedIn } = await visit()
  await open(`${stage.url}/sign-in`)
  const focusOn = async (name: string) => {
    for (let presses = 0; presses < 20; presses++) {
      await page.keyboard.press('Tab')
      const focused = page.locator(':focus')
      if ((await focused.getAttribute('name')) === name || (await focused.innerText()) === name) return
    }
    throw new Error(`the Tab key does not lead to ${name}`)
  }
  await focusOn('identifier')
  await page.keyboard.type(address)
  await focusOn('password')
  await page.keyboard.type(password)
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
  assert.ok(await signedIn())
  await focusOn(words.signOut)
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
  await focusOn(words.signOut)
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
  assert.equal(await signedIn(), false)
})

inChromium('After I signed out, the back button shows nothing of mine', async (journey) => {
  const { stage, words, visit } = journey
  const visitor = await visit()
  const address = await signUp(journey, visitor)
  await visitor.open(`${stage.url}/profile`)
  await visitor.press(words.signOut)
  await visitor.press(words.signOut)
  for (let steps = 0; steps < 3; steps++) {
    await visitor.page.goBack()
    await assertDoesNotSay(visitor, 'Anna', address)
  }
})
