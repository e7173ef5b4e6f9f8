import assert from 'node:assert/strict'
import type { Form, ScriptFreeBrowser, ShownPage } from './browser.ts'

/** The form of a page that posts to this path. */
export function formTo(page: ShownPage, path: string): Form | undefined {
  return page.forms.find(({ action }) => action === path)
}

/** The code of the problem that a page shows, in a banner, at a field or as an error page. */
export function problemOn({ body }: Pick<ShownPage, 'body'>): string | undefined {
  return / data-problem="([^"]*)"/.exec(body)?.[1]
}

/** Posts to any URL with the form token of a page. */
export function post(
  browser: ScriptFreeBrowser,
  page: ShownPage,
  action: string,
  fields: Readonly<Record<string, string>> = {},
): Promise<ShownPage> {
  const csrf = page.forms[0]?.fields.csrf ?? ''
  return browser.submit(page, { method: 'POST', action, fields: { csrf, ...fields }, text: '' })
}

/** M2: the page says what happened, has a reference, and offers the other ways as forms. */
export function assertRefused(page: ShownPage, status: number): void {
  assert.equal(page.status, status, page.body)
  assert.match(page.body, /Nummer für Rückfragen: [A-Z2-9]{4}-[A-Z2-9]{4}/)
  assert.ok(page.forms.some((form) => form.action === '/sign-in' && 'password' in form.fields))
}
