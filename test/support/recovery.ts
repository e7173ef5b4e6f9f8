import type { AccountId } from '#kernel/id.ts'
import type { TestApp } from './app.ts'
import type { ScriptFreeBrowser } from './browser.ts'
import { post } from './pages.ts'
import { askForLink, goodPassword, newEmail, signInOn, signUp, whoIs } from './people.ts'

export const otherPassword = 'sieben alte eichen am weg'

export const tokenOf = (link: string) => new URL(link).searchParams.get('token') ?? ''

/** Steps of owners and attackers in a recovery. */
export function recoverySteps(app: () => TestApp) {
  return {
    /** Creates an account with a password; its browser is signed in. */
    newAccount: async () => {
      const email = newEmail()
      const browser = app().browser()
      await signUp(app(), browser, email)
      const signed = await whoIs(app(), browser)
      return { email, browser, accountId: (signed?.subject ?? '') as AccountId }
    },
    /** @returns the link in the mail */
    requestLink: (browser: ScriptFreeBrowser, email: string) => askForLink(app(), browser, '/recover', email),
    /** Posts the form that requests the mail, with arbitrary fields. */
    postRecover: async (browser: ScriptFreeBrowser, fields: Readonly<Record<string, string>>) =>
      post(browser, await browser.open(`${app().url}/recover`), '/recover', fields),
    resetPassword: async (browser: ScriptFreeBrowser, token: string, password = goodPassword) =>
      post(browser, await browser.open(`${app().url}/recover`), '/recover/password', { token, new_password: password }),
    passwordOpens: async (email: string, password: string) => {
      const browser = app().browser()
      await signInOn(browser, await browser.open(`${app().url}/sign-in`), email, password)
      return (await whoIs(app(), browser)) !== undefined
    },
    eventsOf: async (accountId: AccountId) =>
      (await app().database.read.audit.listOfAccount(accountId, 100)).map((entry) => entry.event),
    mailsTo: (to: string) =>
      app()
        .mailbox()
        .filter((message) => message.to === to),
  }
}
