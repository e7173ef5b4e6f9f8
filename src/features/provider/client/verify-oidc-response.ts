import { authorizationCodeGrant, fetchUserInfo, type IDToken } from 'openid-client'
import { minute, second } from '#kernel/duration.ts'
import { ProviderError } from '../provider-error.ts'
import type { Claims } from './asserted-email.ts'
import type { Checks } from './authorization-url.ts'
import type { Conversation } from './conversation.ts'

/** The values that the authorization response is checked against, and the parameters to send along with the code. */
export function grantOf({ provider }: Conversation, response: URL, { verifier }: Checks) {
  const { pkce, returnedParameters = [] } = provider.settings
  const returned = returnedParameters.map((name) => [name, response.searchParams.get(name) ?? ''])
  return {
    expected: {
      // The caller has consumed the attempt by this very state: nothing is left to compare it with.
      expectedState: response.searchParams.get('state') ?? '',
      ...(pkce !== 'ignored' && { pkceCodeVerifier: verifier }),
    },
    parameters: Object.fromEntries(returned) as Record<string, string>,
  }
}

export type IssuerTokens = { readonly accessToken: string; readonly claims: IDToken }

/** Exchanges the code for tokens, and verifies the id_token. */
export async function exchangeAndVerify(
  conversation: Conversation,
  response: URL,
  checks: Checks,
  now: number,
): Promise<IssuerTokens> {
  const { expected, parameters } = grantOf(conversation, response, checks)
  const expectations = { ...expected, expectedNonce: checks.nonce, idTokenExpected: true }
  const tokens = await authorizationCodeGrant(conversation.config, response, expectations, parameters)
  const claims = tokens.claims()
  if (!claims) throw new ProviderError('nonsense', new Error('no id_token'))
  if (claims.iat * second > now + minute) {
    throw new ProviderError('clock', new Error('the id_token is from the future'))
  }
  return { accessToken: tokens.access_token, claims }
}

/** Whether the id_token lacks claims that the userinfo endpoint may have. */
export function needsUserInfo({ config }: Conversation, { claims }: IssuerTokens): boolean {
  const complete = 'name' in claims && 'email' in claims
  return !complete && config.serverMetadata().userinfo_endpoint !== undefined
}

/** The address, and the claims that vouch for it. */
const addressClaims = [
  'email',
  'email_verified',
  'hd',
  'xms_edov',
  'verified_primary_email',
  'verified_secondary_email',
] as const

/**
 * The id_token's claims, completed from userinfo. All claims about the address come from one source, so that one cannot
 * vouch for an address of the other.
 */
export async function fetchClaims({ config }: Conversation, { accessToken, claims }: IssuerTokens): Promise<Claims> {
  const userInfo: Claims = await fetchUserInfo(config, accessToken, claims.sub)
  const source: Claims = 'email' in claims ? claims : userInfo
  return { ...userInfo, ...claims, ...Object.fromEntries(addressClaims.map((name) => [name, source[name]])) }
}

/**
 * Apple sends a person's name once, as JSON in the authorization response. The browser may have forged it, so it is
 * only displayed.
 */
export function nameInResponse({ provider }: Conversation, response: URL): { readonly name?: string } {
  const { nameParameter } = provider.settings
  const text = nameParameter && response.searchParams.get(nameParameter)
  if (!text) return {}
  try {
    const { name } = JSON.parse(text) as { name?: { firstName?: unknown; lastName?: unknown } }
    const parts = [name?.firstName, name?.lastName].filter((part) => typeof part === 'string')
    return { name: parts.join(' ') }
  } catch {
    return {}
  }
}
