import assert from 'node:assert/strict'
import type { NetworkId } from '#development/networks/index.ts'
import type { Journey } from './people.ts'
import { assertIsAt, assertSays, type Visitor } from './visitor.ts'

export const password = 'vier ruhige boote am ufer'
export const otherPassword = 'drei warme lampen im flur'

let people = 0

/** A new, unused address. */
export function newAddress(domain = 'example.org'): string {
  people += 1
  return `person${people}@${domain}`
}

/** Signs up by mail and opens the link in the same browser. @returns the address */
export async function signUp({ stage, words }: Journey, visitor: Visitor, address = newAddress()): Promise<string> {
  await visitor.open(`${stage.url}/sign-up`)
  await askForProfile({ words }, visitor, address)
  await visitor.open((await stage.nextMail(address)).link)
  await completeProfile({ words }, visitor)
  assert.ok(await visitor.signedIn())
  return address
}

export async function askForProfile(
  { words }: Pick<Journey, 'words'>,
  visitor: Visitor,
  address: string,
): Promise<void> {
  await visitor.type(words.email, address)
  await visitor.press(words.goOn)
  await assertSays(visitor, address, words.signUpSent, words.spam)
}

export async function completeProfile({ words }: Pick<Journey, 'words'>, visitor: Visitor): Promise<void> {
  await visitor.type(words.name, 'Anna')
  await visitor.type(words.newPassword, password)
  await visitor.press(words.createProfile)
}

/** Works on any page with the sign-in form. */
export async function signInWithPassword(
  { words }: Pick<Journey, 'words'>,
  visitor: Visitor,
  address: string,
  typed = password,
): Promise<void> {
  await visitor.type(words.identifier, address)
  await visitor.type(words.password, typed)
  await visitor.press(words.signIn)
}

/** A person with a password, in a new browser, on the sign-in page of a portal. */
export async function onTheWayToNordwind<SomeVisitor extends Visitor>(
  journey: Journey<SomeVisitor>,
): Promise<{ address: string; visitor: SomeVisitor }> {
  const { visit, earlier, stage, words } = journey
  const address = await signUp(journey, earlier())
  const visitor = await visit()
  await visitor.open(stage.nordwind)
  await visitor.press(words.signIn)
  return { address, visitor }
}

/** Opens a portal and arrives there without any question. */
export async function enterPortal({ words }: Journey, visitor: Visitor, portal: string, name = 'Anna'): Promise<void> {
  await visitor.open(portal)
  await visitor.press(words.signIn)
  await assertIsInPortal({ words }, visitor, portal, name)
}

export async function assertIsInPortal(
  { words }: Pick<Journey, 'words'>,
  visitor: Visitor,
  portal: string,
  name = 'Anna',
): Promise<void> {
  assertIsAt(visitor, portal)
  await assertSays(visitor, words.hello(name))
}

export type NetworkAccount = { readonly subject: string; readonly name: string; readonly email: string }

/** A new account with an address that Einlass trusts from every network. */
export function newNetworkAccount(): NetworkAccount {
  const email = newAddress('gmail.com')
  return { subject: email, name: `Berta ${people}`, email }
}

/** Adds an account to a network. */
export async function knownAt({ stage }: Journey, network: NetworkId, account: NetworkAccount): Promise<void> {
  await stage.setNetwork(network, { account: { ...account, emailVerified: true } })
}

/** Chooses a network on any page that offers it, and then an account there. */
export async function goThrough(
  journey: Journey,
  visitor: Visitor,
  network: NetworkId,
  account: NetworkAccount,
): Promise<void> {
  await knownAt(journey, network, account)
  await visitor.press(networkNames[network])
  await visitor.press(account.name)
}

const networkNames: Readonly<Record<NetworkId, string>> = { 'sim-google': 'Sim Google', 'sim-x': 'Sim X' }
