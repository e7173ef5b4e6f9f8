import { type Clock, systemClock } from '#kernel/clock.ts'
import { hour, minute } from '#kernel/duration.ts'
import { systemRandom } from '#kernel/random.ts'
import {
  type Answer,
  json,
  problemJson,
  type Respond,
  redirect,
  type Visit,
  visitorLocale,
} from '../networks/web/index.ts'
import { cookie, expiredCookie, readCookie } from './cookies.ts'
import { createExpiringMap } from './expiring-map.ts'
import {
  expiredPage,
  type Frame,
  failurePage,
  notFoundPage,
  signedInHome,
  signedOutHome,
  signedOutPage,
} from './pages.ts'
import { createRelyingParty, failureOf, newPending, type Pending, type Person } from './relying-party.ts'

export type PortalSettings = {
  readonly id: string
  readonly name: string
  readonly port: number
  readonly clientId: string
  readonly clientSecret: string
  /** The portal's colour, dark enough for white text: `#1d4e89`. */
  readonly colour: string
}

type Handler = (visit: Visit, frame: Frame) => Promise<Answer> | Answer

/** The request handler of a sample portal. */
export function createPortal(
  settings: PortalSettings,
  issuer: string,
  url: string,
  clock: Clock = systemClock,
): Respond {
  const relyingParty = createRelyingParty({ ...settings, issuer, url, clock })
  const sessions = createExpiringMap<Person>(8 * hour, clock, systemRandom)
  const pending = createExpiringMap<Pending & { readonly browser: string }>(10 * minute, clock, systemRandom)
  const sessionCookie = `${settings.id}_session`
  const browserCookie = `${settings.id}_sign_in`

  const home: Handler = ({ headers }, frame) => {
    const person = sessions.find(readCookie(headers.cookie, sessionCookie))
    return person ? signedInHome(frame, person) : signedOutHome(frame)
  }

  const signIn: Handler = async ({ headers }, frame) => {
    const browser = readCookie(headers.cookie, browserCookie) || systemRandom.bytes(16).toString('base64url')
    const started = newPending()
    const state = pending.put({ ...started, browser })
    const target = await relyingParty.begin(started, state, frame.locale)
    return redirect(target.href, { 'set-cookie': cookie(browserCookie, browser) })
  }

  const callback: Handler = async ({ url: answer, headers }, frame) => {
    const state = answer.searchParams.get('state') ?? ''
    const started = pending.take(state)
    // Only the browser that began a sign-in may finish it, so that nobody can be signed in to an attacker's account.
    if (!started || started.browser !== readCookie(headers.cookie, browserCookie)) {
      return sessions.find(readCookie(headers.cookie, sessionCookie)) ? redirect('/') : expiredPage(frame)
    }
    const person = await relyingParty.finish(answer, started, state)
    sessions.take(readCookie(headers.cookie, sessionCookie))
    return redirect('/', { 'set-cookie': cookie(sessionCookie, sessions.put(person)) })
  }

  const signOut: Handler = async ({ headers, body }, frame) => {
    if (!['same-origin', undefined].includes(headers['sec-fetch-site'])) return problemJson(403, 'Not from this portal')
    const person = sessions.take(readCookie(headers.cookie, sessionCookie))
    const gone = { 'set-cookie': expiredCookie(sessionCookie) }
    if (!person || new URLSearchParams(body).get('where') === 'here') return redirect('/', gone)
    const target = await relyingParty.endSessionUrl(person.idToken, frame.locale)
    return redirect(target?.href ?? '/', gone)
  }

  const backchannelLogout: Handler = async ({ body }) => {
    try {
      const token = new URLSearchParams(body).get('logout_token') ?? ''
      const { sid, subject } = await relyingParty.readLogoutToken(token)
      sessions.removeWhere(
        (person) => (sid === undefined || person.sid === sid) && (subject === undefined || person.subject === subject),
      )
      return json(200, {})
    } catch (error) {
      return json(400, { error: 'invalid_request', error_description: error instanceof Error ? error.message : '' })
    }
  }

  const handlers: Readonly<Record<string, Handler>> = {
    'GET /': home,
    'GET /sign-in': signIn,
    'GET /callback': callback,
    'POST /sign-out': signOut,
    'GET /signed-out': (_visit, frame) => signedOutPage(frame),
    'POST /backchannel-logout': backchannelLogout,
  }

  return async (visit) => {
    const { searchParams, pathname } = visit.url
    const locale = visitorLocale(searchParams.get('ui_locales'), visit.headers['accept-language'])
    const frame: Frame = { locale, portal: settings.name, colour: settings.colour, issuer }
    const method = visit.method === 'HEAD' ? 'GET' : visit.method
    try {
      return await (handlers[`${method} ${pathname}`] ?? ((_visit, frame) => notFoundPage(frame)))(visit, frame)
    } catch (error) {
      const failure = failureOf(error)
      if (!failure) throw error
      return failurePage(frame, failure)
    }
  }
}
