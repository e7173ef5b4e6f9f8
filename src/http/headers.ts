import type { FastifyReply } from 'fastify'
import { styleHash } from '#ui/styles.ts'

/**
 * @param formAction further origins that a form on this page may lead to: browsers apply form-action to the redirects
 * after a form, too
 * @param connect further origins that the page's script may probe
 */
export function contentSecurityPolicy(formAction: readonly string[], connect: readonly string[] = []): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'sha256-${styleHash}'`,
    "img-src 'self' data: https:",
    ['connect-src', "'self'", ...connect].join(' '),
    ['form-action', "'self'", ...formAction].join(' '),
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ')
}

/** Set on every response. */
export function setSecurityHeaders(reply: FastifyReply, secure: boolean): void {
  reply.header('x-content-type-options', 'nosniff')
  // No referrer for other sites. With 'no-referrer', browsers would send `Origin: null` with our own forms, too.
  reply.header('referrer-policy', 'same-origin')
  reply.header('cross-origin-opener-policy', 'same-origin')
  reply.header('cross-origin-resource-policy', 'same-origin')
  reply.header('permissions-policy', 'camera=(self), geolocation=(), microphone=(), publickey-credentials-get=(self)')
  if (secure) reply.header('strict-transport-security', 'max-age=63072000; includeSubDomains')
}

/** Set on every response that is made for one person. */
export const personal = {
  'cache-control': 'no-store, private',
  vary: 'cookie, accept-language, accept-encoding',
} as const

export function setPersonal(reply: FastifyReply): void {
  reply.headers(personal)
}
