import assert from 'node:assert/strict'
import type { TestApp } from './app.ts'
import type { ScriptFreeBrowser, ShownPage } from './browser.ts'

export const goodPassword = 'vier ruhige boote am ufer'

let people = 0

export function newEmail(): string {
  people += 1
  return `person${people}@example.org`
}

/** A new address that is trusted when Google reports it as verified. */
export function newGmail(): string {
  people += 1
  return `person${people}@gmail.com`
}

/** The link in the newest mail to an address. */
export async function newestLink(app: TestApp, to: string): Promise<string> {
  await app.drainMail()
  const mail = app.mailbox().find((message) => message.to === to)
  const link = /https?:\S+/.exec(mail?.text ?? '')?.[0]
  assert.ok(link, `no mail with a link to ${to}`)
  return link
}

const formWith = (page: ShownPage, field: string) => page.forms.find(({ fields }) => field in fields)

/** Subjects of all mails to an address. */
export async function subjectsTo(app: TestApp, to: string): Promise<readonly string[]> {
  await app.drainMail()
  return app
    .mailbox()
    .filter((message) => message.to === to)
    .map((message) => message.subject)
}

/** Requests a mail for sign-up or recovery. @returns the link in it */
export async function askForLink(
  app: TestApp,
  browser: ScriptFreeBrowser,
  path: '/sign-up' | '/recover',
  identifier: string,
): Promise<string> {
  const page = await browser.open(app.url + path)
  await browser.submit(page, formWith(page, 'identifier'), { identifier })
  return newestLink(app, identifier)
}

/** Opens a link and sets `goodPassword`. */
export async function setPassword(browser: ScriptFreeBrowser, link: string, name = 'Anna'): Promise<ShownPage> {
  const page = await browser.open(link)
  return browser.submit(page, formWith(page, 'new_password'), { name, new_password: goodPassword })
}

/** Signs up through pages and mail. The browser is signed in afterwards. */
export async function signUp(app: TestApp, browser: ScriptFreeBrowser, email: string): Promise<void> {
  await setPassword(browser, await askForLink(app, browser, '/sign-up', email))
  assert.ok(await whoIs(app, browser))
}

/** Submits the sign-in form of a page. */
export function signInOn(browser: ScriptFreeBrowser, page: ShownPage, identifier: string, password = goodPassword) {
  return browser.submit(page, formWith(page, 'password'), { identifier, password })
}

export async function signIn(app: TestApp, browser: ScriptFreeBrowser, identifier: string): Promise<ShownPage> {
  return signInOn(browser, await browser.open(`${app.url}/sign-in?again=1`), identifier)
}

export type SignedIn = {
  readonly subject: string
  readonly name: string
  readonly identifiers: readonly { readonly kind: string; readonly value: string }[]
  readonly amr: readonly string[]
}

/** The session check of this browser. */
export async function whoIs(app: TestApp, browser: ScriptFreeBrowser): Promise<SignedIn | undefined> {
  const { status, body } = await browser.open(`${app.url}/api/session`)
  return status === 200 ? JSON.parse(body) : undefined
}
