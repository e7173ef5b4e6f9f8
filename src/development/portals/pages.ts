import type { Locale } from '#kernel/locale.ts'
import { type Answer, type Html, html, page } from '../networks/web/index.ts'
import type { Failure, Person } from './relying-party.ts'
import { words } from './words.ts'

/** Common values of all pages of a portal. */
export type Frame = {
  readonly locale: Locale
  readonly portal: string
  readonly colour: string
  readonly issuer: string
}

const style = (colour: string) => `
:root { --brand: ${colour}; --paper: #fff; --ink: #1c1f22; --quiet: #5b636b; --line: #8a929a; --focus: #1c1f22 }
@media (prefers-color-scheme: dark) {
  :root { --paper: #17191c; --ink: #eceef0; --quiet: #aab1b8; --line: #717a83; --focus: #eceef0 }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.55 system-ui, sans-serif }
header { background: var(--brand); color: #fff }
header a { color: inherit; text-decoration: none; font-weight: 600; font-size: 1.2rem; letter-spacing: .01em }
header div, main { max-width: 34rem; margin: 0 auto }
header div { padding: .9rem 1rem }
main { padding: 1.5rem 1rem }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .75rem; overflow-wrap: anywhere }
p { margin: 0 0 1.25rem }
.quiet { color: var(--quiet) }
table { width: 100%; border-collapse: collapse; margin: 0 0 1.5rem }
th, td { text-align: left; vertical-align: top; padding: .6rem .75rem .6rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere }
th { font-weight: 400; color: var(--quiet); width: 42% }
form { display: inline-block; margin: 0 .5rem .75rem 0 }
.button, button { display: inline-block; min-height: 3rem; padding: .7rem 1.25rem; border: 2px solid var(--brand); border-radius: 6px;
  background: var(--brand); color: #fff; font: inherit; line-height: 1.3; text-decoration: none; cursor: pointer }
.button.second, button.second { background: none; border-color: var(--line); color: inherit }
main a:not(.button) { color: inherit }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 3px }
@media (max-width: 30rem) {
  form, .button, button { display: block; width: 100%; text-align: center; margin-right: 0 }
  .button { margin-bottom: .75rem }
  th, td { display: block; width: auto; padding-right: 0 }
  th { border: 0; padding-bottom: 0 }
  td { padding-top: 0 }
}
`

function portalPage(status: number, { locale, portal, colour }: Frame, title: string, body: Html): Answer {
  return page(status, {
    locale,
    title: title === portal ? portal : `${title} – ${portal}`,
    style: style(colour),
    body: html`<header><div><a href="/">${portal}</a></div></header><main><h1>${title}</h1>${body}</main>`,
  })
}

export function signedOutHome(frame: Frame): Answer {
  const t = words[frame.locale]
  const body = html`<p>${t.about(frame.portal)}</p><p><a class="button" href="/sign-in">${t.signIn}</a></p>`
  return portalPage(200, frame, frame.portal, body)
}

function moment(locale: Locale, seconds: number): Html {
  const date = new Date(seconds * 1_000)
  const text = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' }).format(date)
  return html`<time datetime="${date.toISOString()}">${text}</time>`
}

export function signedInHome(frame: Frame, person: Person): Answer {
  const t = words[frame.locale]
  const rows: readonly (readonly [string, string | Html | undefined])[] = [
    [t.name, person.name],
    [t.email, person.email],
    [t.subject, html`<code>${person.subject}</code>`],
    [t.amr, person.amr.length > 0 ? html`<code>${person.amr.join(', ')}</code>` : undefined],
    [t.authTime, person.authTime === undefined ? undefined : moment(frame.locale, person.authTime)],
  ]
  const body = html`<p>${t.told}</p>
<table>${rows.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value ?? html`<span class="quiet">${t.untold}</span>`}</td></tr>`)}</table>
<form method="post" action="/sign-out"><input type="hidden" name="where" value="everywhere"><button>${t.signOutEverywhere}</button></form>
<form method="post" action="/sign-out"><input type="hidden" name="where" value="here"><button class="second">${t.signOutHere}</button></form>
<p><a href="${frame.issuer}/profile">${t.profile}</a></p>`
  return portalPage(200, frame, t.welcome(person.name ?? person.email ?? person.subject), body)
}

/** Where Einlass redirects after a sign-out everywhere. */
export function signedOutPage(frame: Frame): Answer {
  const t = words[frame.locale]
  const body = html`<p>${t.signedOutWhat}</p><p><a class="button" href="/">${t.home}</a></p>`
  return portalPage(200, frame, t.signedOut, body)
}

function wayBack({ locale }: Frame): Html {
  const t = words[locale]
  return html`<p><a class="button" href="/sign-in">${t.again}</a> <a class="button second" href="/">${t.home}</a></p>`
}

/** Shown if Einlass does not respond, or responds with an error (RFC 6749, section 4.1.2.1). */
export function failurePage(frame: Frame, failure: Failure): Answer {
  const t = words[frame.locale]
  if (failure.kind === 'unreachable') {
    return portalPage(503, frame, t.unreachable, html`<p>${t.unreachableWhat}</p>${wayBack(frame)}`)
  }
  const reason = [failure.error, failure.description].filter(Boolean).join(': ')
  const body = html`<p>${t.refusedWhat}</p>${wayBack(frame)}<p class="quiet">${t.reference} <code>${reason}</code></p>`
  return portalPage(400, frame, t.refused, body)
}

export function expiredPage(frame: Frame): Answer {
  const t = words[frame.locale]
  return portalPage(400, frame, t.expired, html`<p>${t.expiredWhat}</p>${wayBack(frame)}`)
}

export function notFoundPage(frame: Frame): Answer {
  const t = words[frame.locale]
  return portalPage(404, frame, t.notFound, html`<p><a class="button" href="/">${t.home}</a></p>`)
}
