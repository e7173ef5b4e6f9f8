import {
  allowInsecureRequests,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  type CustomFetch,
  type CustomFetchOptions,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
} from 'openid-client'
import { second } from '#kernel/duration.ts'
import type { Secrets } from '#kernel/secret.ts'
import type { OutboundOptions } from '#outbound/outbound.ts'
import type { Provider } from '../provider.ts'
import { ProviderError } from '../provider-error.ts'
import { isLoopback } from '../provider-url.ts'
import type { CurrentClientSecret } from './client-secret.ts'
import type { DiscoveryCache } from './discovery-cache.ts'
import { normalizeTokenResponse } from './normalize-token-response.ts'

/** The requests to one provider for one person. */
export type Conversation = {
  readonly provider: Provider
  readonly config: Configuration
  readonly secret: string
  readonly fetch: (url: string, options: OutboundOptions) => Promise<Response>
}

export type ConversationDeps = {
  readonly secrets: Secrets
  readonly cache: DiscoveryCache
  readonly currentClientSecret: CurrentClientSecret
}

/**
 * Creates a new configuration for every conversation: the library caches keys in it, but we decide how old they may be.
 * Discovery documents and keys come from our cache.
 * @param limit timeout of the library, in milliseconds
 */
export async function openConversation(
  { secrets, cache, currentClientSecret }: ConversationDeps,
  provider: Provider,
  limit: number,
  until: AbortSignal,
): Promise<Conversation> {
  const secret = await currentClientSecret(provider, secrets.decrypt('provider-secret', provider.clientSecret))
  const fetch = cache.fetchFor(provider, until)
  const options = {
    [customFetch]: async (url: string, request: CustomFetchOptions) => {
      const response = await fetch(url, request)
      return isTokenRequest(request) ? normalizeTokenResponse(provider.kind, response) : response
    },
    timeout: limit / second,
  }
  const config = await (provider.kind === 'oidc' ? issuerConfig : plainConfig)(provider, secret, options)
  return { provider, config, secret, fetch: (url, request) => fetch(url, request as CustomFetchOptions) }
}

type Options = { readonly [customFetch]: CustomFetch; readonly timeout: number }

function insecure({ issuer }: Provider) {
  return isLoopback(new URL(issuer)) ? [allowInsecureRequests] : []
}

async function issuerConfig(provider: Provider, secret: string, options: Options): Promise<Configuration> {
  const { issuer, clientId } = provider
  return discovery(new URL(issuer), clientId, { client_secret: secret }, issuerAuthentication(secret), {
    ...options,
    // Verify the signature, although the token comes directly from the provider (OpenID Connect Core, 3.1.3.7).
    execute: [enableNonRepudiationChecks, ...insecure(provider)],
  })
}

function plainConfig(provider: Provider, secret: string, options: Options): Configuration {
  const { endpoints } = provider.settings
  if (!endpoints) throw new ProviderError('refused', new Error(`${provider.id} has no endpoints`))
  const server = {
    issuer: provider.issuer,
    authorization_endpoint: endpoints.authorization,
    token_endpoint: endpoints.token,
  }
  const config = new Configuration(server, provider.clientId, secret, authenticate(provider, secret))
  for (const allow of insecure(provider)) allow(config)
  return Object.assign(config, options)
}

function authenticate({ settings, clientId }: Provider, secret: string): ClientAuth {
  const { clientAuthentication, clientIdParameter } = settings
  if (clientIdParameter) {
    return (_server, _client, body) => {
      body.set(clientIdParameter, clientId)
      body.set('client_secret', secret)
    }
  }
  return clientAuthentication === 'client_secret_post' ? ClientSecretPost(secret) : ClientSecretBasic(secret)
}

/** Basic is the default if the issuer specifies nothing (OpenID Connect Discovery, section 3). */
function issuerAuthentication(secret: string): ClientAuth {
  return (server, ...rest) => {
    const supported = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    const method = supported.includes('client_secret_basic') ? ClientSecretBasic : ClientSecretPost
    return method(secret)(server, ...rest)
  }
}

function isTokenRequest({ body }: CustomFetchOptions): boolean {
  return body instanceof URLSearchParams && body.has('grant_type')
}
