import { authorizationCodeGrant, fetchUserInfo, type IDToken } from 'openid-client'
import { minute, second } from '#kernel/duration.ts'
import { ProviderError } from '../provider-error.ts'
import type { Claims } from './asserted-email.ts'
import type { Checks } from './authorization-url.ts'
import type { Conversation } from './conversation.ts'

/** An answer's parameters that the grant is checked with, and those that must go with the code. */
export function grantOf({ provider }: Conversation, answer: URL, { verifier }: Checks) {
  const { pkce, returnedParameters = [] } = provider.settings
  const returned = returnedParameters.map((name) => [name, answer.searchParams.get(name) ?? ''])
  return {
    expected: {
      expectedState: answer.searchParams.get('state') ?? '',
      ...(pkce !== 'ignored' && { pkceCodeVerifier: verifier }),
    },
    parameters: Object.fromEntries(returned) as Record<string, string>,
  }
}

export type IssuerTokens = { readonly accessToken: string; readonly claims: IDToken }

/** Takes the code to the issuer, and checks its id_token. */
export async function askTokens(
  conversation: Conversation,
  answer: URL,
  checks: Checks,
  now: number,
): Promise<IssuerTokens> {
  const { expected, parameters } = grantOf(conversation, answer, checks)
  const strict = { ...expected, expectedNonce: checks.nonce, idTokenExpected: true }
  const tokens = await authorizationCodeGrant(conversation.config, answer, strict, parameters)
  const claims = tokens.claims()
  if (!claims) throw new ProviderError('nonsense', new Error('no id_token'))
  if (claims.iat * second > now + minute) {
    throw new ProviderError('clock', new Error('the id_token is from the future'))
  }
  return { accessToken: tokens.access_token, claims }
}

/** Whether the id_token is silent about something that the issuer would tell elsewhere. */
export function wantsUserInfo({ config }: Conversation, { claims }: IssuerTokens): boolean {
  const complete = 'name' in claims && 'email' in claims
  return !complete && config.serverMetadata().userinfo_endpoint !== undefined
}

/** An address, and what makes it count. */
const aboutAddress = [
  'email',
  'email_verified',
  'hd',
  'xms_edov',
  'verified_primary_email',
  'verified_secondary_email',
] as const

/**
 * The id_token's claims, with userinfo's where it is silent. What is said about the address comes from one of them:
 * otherwise the one could vouch for what the other says.
 */
export async function askUserInfo({ config }: Conversation, { accessToken, claims }: IssuerTokens): Promise<Claims> {
  const told: Claims = await fetchUserInfo(config, accessToken, claims.sub)
  const source: Claims = 'email' in claims ? claims : told
  return { ...told, ...claims, ...Object.fromEntries(aboutAddress.map((name) => [name, source[name]])) }
}

/**
 * Apple tells a person's name once, as JSON in the answer that the browser brings: anybody may have written it, so it
 * is only ever shown.
 */
export function nameInAnswer({ provider }: Conversation, answer: URL): { readonly name?: string } {
  const { nameParameter } = provider.settings
  const text = nameParameter && answer.searchParams.get(nameParameter)
  if (!text) return {}
  try {
    const { name } = JSON.parse(text) as { name?: { firstName?: unknown; lastName?: unknown } }
    const parts = [name?.firstName, name?.lastName].filter((part) => typeof part === 'string')
    return { name: parts.join(' ') }
  } catch {
    return {}
  }
}
