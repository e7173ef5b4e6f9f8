import { type JWTVerifyGetKey, jwtVerify } from 'jose'
import type { Clock } from '#kernel/clock.ts'

/** The session to end, or the subject whose sessions all end. */
export type EndedSession = { readonly sid: string | undefined; readonly subject: string | undefined }

export type LogoutTokenReader = (token: string) => Promise<EndedSession>

export type LogoutTokenChecks = {
  readonly issuer: string
  readonly clientId: string
  readonly keys: JWTVerifyGetKey
  readonly clock: Clock
}

const backchannelLogoutEvent = 'http://schemas.openid.net/event/backchannel-logout'
const algorithms = ['ES256', 'RS256', 'PS256', 'EdDSA', 'Ed25519']

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

/** Validates logout tokens (OpenID Connect Back-Channel Logout 1.0, section 2.6). Throws for invalid ones. */
export function createLogoutTokenReader({ issuer, clientId, keys, clock }: LogoutTokenChecks): LogoutTokenReader {
  const seen = new Map<string, number>()

  return async (token) => {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience: clientId,
      algorithms,
      typ: 'logout+jwt',
      requiredClaims: ['iat', 'exp', 'jti', 'events'],
      maxTokenAge: '5 minutes',
      clockTolerance: 15,
      currentDate: new Date(clock.now()),
    })
    const ended = { sid: textOf(payload.sid), subject: textOf(payload.sub) }
    const jti = textOf(payload.jti)
    const { events, exp = 0 } = payload
    if (!isObject(events) || !isObject(events[backchannelLogoutEvent])) throw new Error('the logout event is missing')
    if (ended.sid === undefined && ended.subject === undefined) throw new Error('sid and sub are missing')
    if ('nonce' in payload) throw new Error('a nonce is not allowed')
    if (jti === undefined || seen.has(jti)) throw new Error('jti is missing or was used before')
    for (const [old, expiry] of seen) if (expiry * 1_000 + 15_000 < clock.now()) seen.delete(old)
    seen.set(jti, exp)
    return ended
  }
}
