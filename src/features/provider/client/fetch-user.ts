import { ProviderError } from '../provider-error.ts'
import type { Claims } from './asserted-email.ts'
import type { Conversation } from './conversation.ts'
import { appSecretProof, requireOwnToken } from './facebook-token.ts'
import { listedAddress, primaryVerified, valueAt } from './federated-identity.ts'
import { providerErrorCode } from './to-provider-error.ts'

/** Fetches the user data of a plain OAuth 2 provider. @throws ProviderError */
export async function fetchUser(conversation: Conversation, accessToken: string): Promise<Claims> {
  const { endpoints, success, emailList } = conversation.provider.settings
  const user = await read(conversation, endpoints?.user ?? '', accessToken)
  if (typeof user !== 'object' || user === null) throw new ProviderError('nonsense', new Error('no user'))
  if (success) requireSuccess(user as Claims, success)
  if (endpoints?.debugToken) await requireOwnToken(conversation, endpoints.debugToken, accessToken, user as Claims)
  if (!endpoints?.emails) return user as Claims
  const list = await read(conversation, endpoints.emails, accessToken)
  return { ...user, [listedAddress]: primaryVerified(list, emailList) }
}

function requireSuccess(user: Claims, { path, value }: { readonly path: string; readonly value: string }): void {
  const status = valueAt(user, path)
  if (status === value) return
  throw new ProviderError('refused', new Error(`${path} is not ${value}`), providerErrorCode(status))
}

async function read(conversation: Conversation, endpoint: string, accessToken: string): Promise<unknown> {
  const { url, options } = userRequest(conversation, endpoint, accessToken)
  const response = await conversation.fetch(url, options)
  if (response.ok) return response.json()
  throw new ProviderError('refused', new Error(`status ${response.status} from ${endpoint}`))
}

function userRequest({ provider, secret }: Conversation, endpoint: string, accessToken: string) {
  const { clientId, settings } = provider
  const { method, tokenIn, scheme = 'Bearer', clientIdHeader, proof } = settings.userRequest ?? {}
  const url = new URL(endpoint)
  if (tokenIn === 'query') url.searchParams.set('access_token', accessToken)
  if (proof) url.searchParams.set(proof, appSecretProof(accessToken, secret))
  const body = tokenIn === 'body' ? new URLSearchParams({ access_token: accessToken, client_id: clientId }) : null
  const headers = {
    accept: 'application/json',
    // GitHub rejects requests without a User-Agent.
    'user-agent': 'einlass',
    ...(tokenIn === undefined && { authorization: `${scheme} ${accessToken}` }),
    ...(body && { 'content-type': 'application/x-www-form-urlencoded' }),
    ...(clientIdHeader && { [clientIdHeader]: clientId }),
  }
  return { url: url.href, options: { ...(method && { method }), headers, body: body?.toString() } }
}
