import { createHmac } from 'node:crypto'
import { ProviderError } from '../provider-error.ts'
import type { Claims } from './asserted-email.ts'
import type { Conversation } from './conversation.ts'

/** Facebook's "Securing Graph API requests": that whoever uses the token knows the application's secret. */
export function appSecretProof(accessToken: string, secret: string): string {
  return createHmac('sha256', secret).update(accessToken).digest('hex')
}

/**
 * Facebook's "Debugging access tokens". Its user data is told to the token of any application: only this tells that the
 * token is ours, and about the same person.
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
  // Its documentation shows these ids as numbers in one place and as texts in another.
  const isOurs = String(data?.app_id) === provider.clientId && String(data?.user_id) === String(user.id)
  if (!response.ok || data?.is_valid !== true || !isOurs)
    throw new ProviderError('refused', new Error('the access token is not ours'))
}
