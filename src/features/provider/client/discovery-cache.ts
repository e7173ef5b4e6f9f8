import type { CustomFetchOptions } from 'openid-client'
import type { Clock } from '#kernel/clock.ts'
import { hour, second } from '#kernel/duration.ts'
import type { Outbound, OutboundOptions } from '#outbound/outbound.ts'
import type { Provider } from '../provider.ts'
import { ProviderError } from '../provider-error.ts'
import { isProviderUrl } from '../provider-url.ts'

/** How long a provider counts as reachable after a response. For this long, people may be sent to one that is down. */
const reachableFor = 5 * second
const refreshInterval = 30 * second
const maximumAge = hour
/** Rate limit: a token with an unknown key triggers a refresh of the keys, but many of them must not. */
const keysRefreshInterval = 30 * second
const requestTimeout = 2 * second

/** The parts of a discovery document whose changes are reported to the operator. */
export type Discovery = Readonly<Partial<Record<(typeof watched)[number], unknown>>>

const watched = [
  'issuer',
  'authorization_endpoint',
  'token_endpoint',
  'userinfo_endpoint',
  'jwks_uri',
  'token_endpoint_auth_methods_supported',
] as const

type CachedDocument = { readonly text: string; readonly at: number }

type CachedProvider = {
  discovery?: CachedDocument & { readonly authorizationEndpoint: string; readonly jwksUri: string }
  keys?: CachedDocument & { readonly ids: readonly unknown[] }
  lastResponseAt: number
  refreshedAt: number
  keysRefreshedAt: number
  /** Requests in flight, shared by all callers. */
  readonly inFlight: Map<string, Promise<void>>
}

/** Caches discovery documents and keys between conversations. Cached values get the same checks as fresh ones. */
export type DiscoveryCache = {
  /** Makes sure that the provider has responded recently. @throws ProviderError */
  readonly ensureReachable: (provider: Provider) => Promise<void>
  /** The `fetch` of one conversation, which the signal aborts. */
  readonly fetchFor: (
    provider: Provider,
    until: AbortSignal,
  ) => (url: string, options: CustomFetchOptions) => Promise<Response>
  /** The origin of the authorization endpoint, or of the issuer if the endpoint is not known yet. */
  readonly authorizationOrigin: (provider: Provider) => string
  /** The provider's cached discovery document. */
  readonly discovered: (provider: Provider) => Discovery | null
  readonly forget: () => void
}

export function createDiscoveryCache(clock: Clock, outbound: Outbound): DiscoveryCache {
  const entries = new Map<string, CachedProvider>()
  // Absolute, so that entries from before the clock was set back expire, too.
  const ageOf = (at: number) => Math.abs(clock.now() - at)

  const entryOf = (provider: Provider): CachedProvider => {
    const key = `${provider.id} ${provider.issuer}`
    let entry = entries.get(key)
    if (!entry) {
      entry = { lastResponseAt: 0, refreshedAt: 0, keysRefreshedAt: 0, inFlight: new Map() }
      entries.set(key, entry)
    }
    return entry
  }
  const deduplicate = (entry: CachedProvider, what: string, send: () => Promise<void>): Promise<void> => {
    let request = entry.inFlight.get(what)
    if (!request) {
      request = send().finally(() => entry.inFlight.delete(what))
      entry.inFlight.set(what, request)
    }
    return request
  }
  const get = (url: string) =>
    outbound(url, { headers: { accept: 'application/json' } }, AbortSignal.timeout(requestTimeout))

  const discover = async (provider: Provider, entry: CachedProvider) => {
    const response = await get(discoveryUrl(provider))
    const text = await response.text()
    const metadata = readJson(text)
    const { authorization_endpoint: authorizationEndpoint, jwks_uri: jwksUri } = metadata
    if (!response.ok || !isUsableUrl(authorizationEndpoint) || !isUsableUrl(jwksUri)) {
      throw new ProviderError('nonsense', new Error(`no discovery document, status ${response.status}`))
    }
    entry.discovery = { text, at: clock.now(), authorizationEndpoint, jwksUri }
    entry.lastResponseAt = clock.now()
  }
  // Not a valid token request, but any response shows that the provider is reachable.
  const ping = async (provider: Provider, entry: CachedProvider) => {
    await get(provider.settings.endpoints?.token ?? '')
    entry.lastResponseAt = clock.now()
  }
  const ensureReachable = async (provider: Provider) => {
    const entry = entryOf(provider)
    if (ageOf(entry.lastResponseAt) < reachableFor) return
    const request = provider.kind === 'oidc' ? discover : ping
    await deduplicate(entry, 'network', () => request(provider, entry))
  }
  const fetchKeys = async (entry: CachedProvider, url: string) => {
    const response = await get(url)
    const text = await response.text()
    const { keys } = readJson(text)
    if (!response.ok || !Array.isArray(keys)) throw new ProviderError('nonsense', new Error('no keys'))
    entry.keys = { text, at: clock.now(), ids: keys.map((key) => key?.kid) }
  }
  const keysFor = async (entry: CachedProvider, url: string, keyId: unknown): Promise<Response> => {
    const { keys } = entry
    const isFresh = keys && ageOf(keys.at) < maximumAge
    if (!isFresh) await deduplicate(entry, 'keys', () => fetchKeys(entry, url))
    else if (!keys.ids.includes(keyId) && ageOf(entry.keysRefreshedAt) >= keysRefreshInterval) {
      entry.keysRefreshedAt = clock.now()
      await deduplicate(entry, 'keys', () => fetchKeys(entry, url))
    }
    return json(entry.keys?.text)
  }
  // In the background: a later page uses the result. Rate-limited, so that not every page asks a provider that is down.
  const refreshInBackground = (provider: Provider, entry: CachedProvider) => {
    if (ageOf(entry.refreshedAt) < refreshInterval) return
    entry.refreshedAt = clock.now()
    ensureReachable(provider).catch(() => {})
  }
  return {
    ensureReachable,
    fetchFor: (provider, until) => {
      const entry = entryOf(provider)
      let keyId: unknown
      return async (url, options) => {
        if (provider.kind === 'oidc' && url === discoveryUrl(provider)) {
          if (!entry.discovery || ageOf(entry.discovery.at) >= maximumAge) {
            await deduplicate(entry, 'network', () => discover(provider, entry))
          }
          return json(entry.discovery?.text)
        }
        if (entry.discovery && url === new URL(entry.discovery.jwksUri).href) return keysFor(entry, url, keyId)
        const response = await outbound(url, options as OutboundOptions, until)
        keyId ??= await keyOfIdToken(response.clone())
        return response
      }
    },
    discovered: (provider) => {
      const { discovery } = entryOf(provider)
      if (!discovery) return null
      const document = readJson(discovery.text)
      return Object.fromEntries(watched.filter((key) => key in document).map((key) => [key, document[key]]))
    },
    forget: () => entries.clear(),
    authorizationOrigin: (provider) => {
      const entry = entryOf(provider)
      const endpoint = entry.discovery?.authorizationEndpoint ?? provider.settings.endpoints?.authorization
      if (!endpoint) refreshInBackground(provider, entry)
      return new URL(endpoint ?? provider.issuer).origin
    },
  }
}

function discoveryUrl(provider: Provider): string {
  return `${provider.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
}

/** The origin goes into every page's CSP: an invalid URL would break all pages. */
function isUsableUrl(value: unknown): value is string {
  return typeof value === 'string' && isProviderUrl(value)
}

function json(text: string | undefined): Response {
  return new Response(text ?? '', { headers: { 'content-type': 'application/json' } })
}

function readJson(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {}
  throw new ProviderError('nonsense', new Error('not a JSON object'))
}

/** The `kid` of the id_token in a token response. Unverified: it only tells which key will be needed. */
async function keyOfIdToken(response: Response): Promise<unknown> {
  try {
    const { id_token: idToken } = readJson(await response.text())
    return readJson(Buffer.from(String(idToken).split('.')[0] ?? '', 'base64url').toString('utf8')).kid
  } catch {
    return undefined
  }
}
