import { createHmac } from 'node:crypto'
import { ProviderError } from '../provider-error.ts'
import type { Claims } from './asserted-email.ts'
import type { Conversation } from './conversation.ts'

/** Proves that the sender of the token knows the app secret (Facebook, "Securing Graph API Requests"). */
export function appSecretProof(accessToken: string, secret: string): string {
  return createHmac('sha256', secret).update(accessToken).digest('hex')
}

/**
 * Facebook, "Debugging access tokens": requires that the token was issued to us and for this user. The user endpoint
 * accepts tokens of any application, so that another app's token would pass without this check.
 * @throws ProviderError
 */
export async function requireOwnToken(
  { provider, secret, fetch }: Conversation,
  endpoint: string,
  accessToken: string,
  user: Claims,
): Promise<void> {
  const url = new URL(endpoint)
  url.searchParams.set('input_token', accessToken)
  url.searchParams.set('access_token', `${provider.clientId}|${secret}`)
  const response = await fetch(url.href, { headers: { accept: 'application/json' } })
  const { data } = (await response.json()) as { data?: Claims }
  // The documentation shows these ids as numbers in some places and as strings in others.
  const isOurs = String(data?.app_id) === provider.clientId && String(data?.user_id) === String(user.id)
  if (!response.ok || data?.is_valid !== true || !isOurs)
    throw new ProviderError('refused', new Error('the access token is not ours'))
}
