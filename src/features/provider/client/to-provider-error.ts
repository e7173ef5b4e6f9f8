import { AuthorizationResponseError, ResponseBodyError, WWWAuthenticateChallengeError } from 'openid-client'
import { OutboundError } from '#outbound/outbound-error.ts'
import { ProviderError } from '../provider-error.ts'

/** The person cancelled. RFC 6749 has one code for it; LinkedIn and Apple have others. */
const cancelled = new Set(['access_denied', 'user_cancelled_login', 'user_cancelled_authorize'])
const serverErrors = new Set(['server_error', 'temporarily_unavailable'])

/** Classifies the library's errors. Unknown errors count as nonsense. */
export function toProviderError(error: unknown): ProviderError {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof ProviderError) return cause
    if (cause instanceof OutboundError) return new ProviderError(cause.failure, cause.cause)
    if ('code' in cause && cause.code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED') return new ProviderError('clock', error)
  }
  if (error instanceof AuthorizationResponseError) {
    const failure = cancelled.has(error.error) ? 'cancelled' : serverErrors.has(error.error) ? 'error' : 'refused'
    return new ProviderError(failure, error, providerErrorCode(error.error))
  }
  if (error instanceof ResponseBodyError) return new ProviderError('refused', error, providerErrorCode(error.error))
  if (error instanceof WWWAuthenticateChallengeError) {
    return new ProviderError('refused', error, providerErrorCode(error.cause[0]?.parameters.error))
  }
  return new ProviderError('nonsense', error)
}

const maximumLength = 60

/** Sanitizes the provider's error code, which is untrusted text, for display. */
export function providerErrorCode(word: unknown): string | undefined {
  const plain = String(word ?? '')
    .slice(0, 1_000)
    .toLowerCase()
    .replace(/[^a-z0-9_.-]/g, '')
  return plain.slice(0, maximumLength) || undefined
}
