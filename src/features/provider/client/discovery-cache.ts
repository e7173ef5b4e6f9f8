import type { CustomFetchOptions } from 'openid-client'
import type { Clock } from '#kernel/clock.ts'
import { hour, second } from '#kernel/duration.ts'
import type { Outbound, OutboundOptions } from '#outbound/outbound.ts'
import type { Provider } from '../provider.ts'
import { ProviderError } from '../provider-error.ts'
import { isProviderUrl } from '../provider-url.ts'

/** How long a network counts as there without being asked again: so long may a start lead to a network that just went down. */
const reachableFor = 5 * second
const refreshedEvery = 30 * second
const keptFor = hour
/** A token with a key that we do not know lets us ask for the keys again, but whoever sends many of them does not. */
const keysRefreshedEvery = 30 * second
const requestLimit = 2 * second

/** What of a discovery document an operator should know when it changes. */
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
  /** Requests under way, which everybody who needs the same waits for. */
  readonly asking: Map<string, Promise<void>>
}

/** What is remembered of the networks between conversations. Nothing in it is trusted more for being remembered. */
export type DiscoveryCache = {
  /** Makes sure that the network has answered a moment ago. @throws ProviderError */
  readonly ensureReachable: (provider: Provider) => Promise<void>
  /** The `fetch` of one conversation, which ends with the signal. */
  readonly fetchFor: (
    provider: Provider,
    until: AbortSignal,
  ) => (url: string, options: CustomFetchOptions) => Promise<Response>
  /** Where the browser is sent, as far as we know. */
  readonly authorizationOrigin: (provider: Provider) => string
  /** What the network's discovery document said when it was last read. */
  readonly discovered: (provider: Provider) => Discovery | null
  readonly forget: () => void
}

export function createDiscoveryCache(clock: Clock, outbound: Outbound): DiscoveryCache {
  const all = new Map<string, CachedProvider>()
  // What was written down before the clock was set back is soon old as well.
  const ageOf = (at: number) => Math.abs(clock.now() - at)

  const knownOf = (provider: Provider): CachedProvider => {
    const key = `${provider.id} ${provider.issuer}`
    let known = all.get(key)
    if (!known) {
      known = { lastResponseAt: 0, refreshedAt: 0, keysRefreshedAt: 0, asking: new Map() }
      all.set(key, known)
    }
    return known
  }
  const once = (known: CachedProvider, what: string, ask: () => Promise<void>): Promise<void> => {
    let asking = known.asking.get(what)
    if (!asking) {
      asking = ask().finally(() => known.asking.delete(what))
      known.asking.set(what, asking)
    }
    return asking
  }
  const get = (url: string) =>
    outbound(url, { headers: { accept: 'application/json' } }, AbortSignal.timeout(requestLimit))

  const discover = async (provider: Provider, known: CachedProvider) => {
    const response = await get(discoveryUrl(provider))
    const text = await response.text()
    const metadata = readJson(text)
    const { authorization_endpoint: authorizationEndpoint, jwks_uri: jwksUri } = metadata
    if (!response.ok || !isAddress(authorizationEndpoint) || !isAddress(jwksUri)) {
      throw new ProviderError('nonsense', new Error(`no discovery document, status ${response.status}`))
    }
    known.discovery = { text, at: clock.now(), authorizationEndpoint, jwksUri }
    known.lastResponseAt = clock.now()
  }
  // Any answer at all to a request that is none: whoever says no is there.
  const ping = async (provider: Provider, known: CachedProvider) => {
    await get(provider.settings.endpoints?.token ?? '')
    known.lastResponseAt = clock.now()
  }
  const ensureReachable = async (provider: Provider) => {
    const known = knownOf(provider)
    if (ageOf(known.lastResponseAt) < reachableFor) return
    const ask = provider.kind === 'oidc' ? discover : ping
    await once(known, 'network', () => ask(provider, known))
  }
  const fetchKeys = async (known: CachedProvider, url: string) => {
    const response = await get(url)
    const text = await response.text()
    const { keys } = readJson(text)
    if (!response.ok || !Array.isArray(keys)) throw new ProviderError('nonsense', new Error('no keys'))
    known.keys = { text, at: clock.now(), ids: keys.map((key) => key?.kid) }
  }
  const keysFor = async (known: CachedProvider, url: string, keyId: unknown): Promise<Response> => {
    const { keys } = known
    const fresh = keys && ageOf(keys.at) < keptFor
    if (!fresh) await once(known, 'keys', () => fetchKeys(known, url))
    else if (!keys.ids.includes(keyId) && ageOf(known.keysRefreshedAt) >= keysRefreshedEvery) {
      known.keysRefreshedAt = clock.now()
      await once(known, 'keys', () => fetchKeys(known, url))
    }
    return json(known.keys?.text)
  }
  // Nobody waits for it: the next page will know. A network that does not answer is not asked for every page.
  const refreshInBackground = (provider: Provider, known: CachedProvider) => {
    if (ageOf(known.refreshedAt) < refreshedEvery) return
    known.refreshedAt = clock.now()
    ensureReachable(provider).catch(() => {})
  }
  return {
    ensureReachable,
    fetchFor: (provider, until) => {
      const known = knownOf(provider)
      let keyId: unknown
      return async (url, options) => {
        if (provider.kind === 'oidc' && url === discoveryUrl(provider)) {
          if (!known.discovery || ageOf(known.discovery.at) >= keptFor) {
            await once(known, 'network', () => discover(provider, known))
          }
          return json(known.discovery?.text)
        }
        if (known.discovery && url === new URL(known.discovery.jwksUri).href) return keysFor(known, url, keyId)
        const response = await outbound(url, options as OutboundOptions, until)
        keyId ??= await keyOfIdToken(response.clone())
        return response
      }
    },
    discovered: (provider) => {
      const { discovery } = knownOf(provider)
      if (!discovery) return null
      const document = readJson(discovery.text)
      return Object.fromEntries(watched.filter((key) => key in document).map((key) => [key, document[key]]))
    },
    forget: () => all.clear(),
    authorizationOrigin: (provider) => {
      const known = knownOf(provider)
      const endpoint = known.discovery?.authorizationEndpoint ?? provider.settings.endpoints?.authorization
      if (!endpoint) refreshInBackground(provider, known)
      return new URL(endpoint ?? provider.issuer).origin
    },
  }
}

function discoveryUrl(provider: Provider): string {
  return `${provider.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
}

/** Pages name the origin: an address that is none would break them all. */
function isAddress(value: unknown): value is string {
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

/** The `kid` of an id_token in a token endpoint's answer: only to know which key will be asked for. */
async function keyOfIdToken(response: Response): Promise<unknown> {
  try {
    const { id_token: idToken } = readJson(await response.text())
    return readJson(Buffer.from(String(idToken).split('.')[0] ?? '', 'base64url').toString('utf8')).kid
  } catch {
    return undefined
  }
}
