import type { Locale } from '#kernel/locale.ts'
import type { Account } from './account.ts'
import { type Answer, type Html, html, page } from './web/index.ts'
import { words } from './words.ts'

const style = `
:root { --paper: #f4f5f7; --card: #fff; --ink: #1f2328; --quiet: #5a626c; --line: #8a929c; --main: #3b4a8f; --on-main: #fff }
@media (prefers-color-scheme: dark) {
  :root { --paper: #16181c; --card: #202329; --ink: #eceef1; --quiet: #a9b0ba; --line: #767e89; --main: #a9b6f5; --on-main: #16181c }
}
* { box-sizing: border-box }
body { margin: 0; padding: 1rem; background: var(--paper); color: var(--ink); font: 1.0625rem/1.5 system-ui, sans-serif }
main { max-width: 27rem; margin: 1rem auto; padding: 1.25rem; background: var(--card); border-radius: 12px }
.stand-in { margin: -1.25rem -1.25rem 1.25rem; padding: .5rem 1.25rem; border-bottom: 2px dashed var(--line); color: var(--quiet) }
.stand-in strong { color: var(--ink) }
h1 { font-size: 1.3rem; line-height: 1.3; margin: 0 0 .5rem }
p { margin: 0 0 1rem; overflow-wrap: anywhere }
.quiet, small { color: var(--quiet) }
form { margin: 0 0 .5rem }
button { width: 100%; min-height: 3rem; padding: .5rem 1rem; border: 1px solid var(--line); border-radius: 12px;
  background: none; color: inherit; font: inherit; text-align: left; overflow-wrap: anywhere; cursor: pointer }
button small { display: block }
button.main { background: var(--main); border-color: var(--main); color: var(--on-main); text-align: center }
button.cancel { text-align: center }
:focus-visible { outline: 3px solid var(--main); outline-offset: 2px }
details { margin: 1rem 0 }
summary { min-height: 3rem; padding: .6rem 0; cursor: pointer }
label { display: block; margin: .5rem 0 }
input:not([type=checkbox]) { display: block; width: 100%; min-height: 3rem; padding: .5rem .75rem; border: 1px solid var(--line);
  border-radius: 12px; background: var(--card); color: inherit; font: inherit }
input[type=checkbox] { width: 1.25rem; height: 1.25rem; vertical-align: -.2rem; margin-right: .5rem }
.error { border-left: 4px solid #b3261e; padding-left: .75rem }
`

type Frame = { readonly locale: Locale; readonly network: string }

function networkPage(status: number, { locale, network }: Frame, title: string, body: Html): Answer {
  const { standIn } = words[locale]
  return page(status, {
    locale,
    title: `${title} – ${network}`,
    style,
    body: html`<main><div class="stand-in"><strong>${network}</strong> – ${standIn}</div><h1>${title}</h1>${body}</main>`,
  })
}

function addressLine(locale: Locale, { email, emailVerified, hd }: Account): string {
  const t = words[locale]
  if (!email) return t.withoutAddress
  return [email, emailVerified ? t.proved : t.unproved, ...(hd ? [t.company(hd)] : [])].join(' · ')
}

function accountForm(locale: Locale, account: Account): Html {
  return html`<form method="post"><input type="hidden" name="choice" value="account"><input type="hidden" name="subject" value="${account.subject}"><button>${account.name || account.subject} <small>${addressLine(locale, account)}</small></button></form>
`
}

export type AccountPageProps = Frame & {
  readonly accounts: readonly Account[]
  readonly loginHint: string
  readonly status: number
}

/** Where a visitor chooses an account. Forms post to the page's own URL, which contains the authorization request. */
export function accountPage({ accounts, loginHint, status, ...frame }: AccountPageProps): Answer {
  const t = words[frame.locale]
  const body = html`<p class="quiet">${t.why}</p>
${status === 400 && html`<p class="error" role="alert">${t.subjectMissing}</p>`}
${accounts.map((account) => accountForm(frame.locale, account))}
<details${(status === 400 || loginHint !== '') && html` open`}><summary>${t.other}</summary>
<form method="post"><input type="hidden" name="choice" value="other">
<label>${t.subject} <input name="subject" required maxlength="255" autocomplete="off"></label>
<label>${t.name} <input name="name" autocomplete="off"></label>
<label>${t.email} <input name="email" type="email" autocomplete="off" value="${loginHint}"></label>
<label><input name="emailVerified" type="checkbox" value="true">${t.emailVerified}</label>
<button class="main">${t.go}</button></form></details>
<form method="post"><input type="hidden" name="choice" value="cancel"><button class="cancel">${t.cancel}</button></form>`
  return networkPage(status, frame, t.choose, body)
}

/** Shown instead of a redirect if the redirect URI is not trusted (RFC 6749, section 4.1.2.1). */
export function refusedRequestPage({ parameter, ...frame }: Frame & { readonly parameter: string }): Answer {
  const t = words[frame.locale]
  return networkPage(400, frame, t.refused, html`<p>${t.refusedParameter(parameter)}</p>`)
}

export function homePage(frame: Frame): Answer {
  return networkPage(
    200,
    frame,
    frame.network,
    html`<p>${words[frame.locale].why}</p><p>${words[frame.locale].home}</p>`,
  )
}
