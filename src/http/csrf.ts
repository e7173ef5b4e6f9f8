import { createHmac } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Random } from '#kernel/random.ts'
import { type Secrets, sameSecret } from '#kernel/secret.ts'

export type Csrf = {
  /** A new form token, bound to the browser's cookie. Differs each time, so that compression leaks nothing (BREACH). */
  readonly token: (browserToken: string) => string
  readonly accepts: (browserToken: string | undefined, token: string | undefined) => boolean
}

export function createCsrf(secrets: Secrets, random: Random): Csrf {
  const sign = (key: Buffer, browserToken: string, nonce: string) =>
    createHmac('sha256', key).update(`${nonce} ${browserToken}`).digest('base64url')
  return {
    token: (browserToken) => {
      const nonce = random.bytes(12).toString('base64url')
      return `${nonce}.${sign(secrets.current('csrf').key, browserToken, nonce)}`
    },
    accepts: (browserToken, token) => {
      const [nonce, signature] = (token ?? '').split('.')
      if (!browserToken || !nonce || !signature) return false
      return secrets.all('csrf').some(({ key }) => sameSecret(signature, sign(key, browserToken, nonce)))
    },
  }
}

/**
 * Whether the browser says that the request comes from one of our pages. Old browsers send Origin instead of
 * Sec-Fetch-Site. A client that sends neither is no browser that another site could control; it still needs the token.
 */
export function isSameOrigin(request: FastifyRequest, origin: string): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  const from = request.headers.origin
  return from === undefined || from === origin
}
