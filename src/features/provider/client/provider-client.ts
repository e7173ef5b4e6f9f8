import { authorizationCodeGrant, genericGrantRequest } from 'openid-client'
import type { Clock } from '#kernel/clock.ts'
import { second } from '#kernel/duration.ts'
import type { Secrets } from '#kernel/secret.ts'
import { createGuardedFetch } from '#outbound/guarded-fetch.ts'
import { createOutbound } from '#outbound/outbound.ts'
import type { Provider } from '../provider.ts'
import { ProviderError } from '../provider-error.ts'
import type { Claims } from './asserted-email.ts'
import { authorizationUrl, type Checks, type StartRequest } from './authorization-url.ts'
import { createClientSecrets } from './client-secret.ts'
import { type Conversation, openConversation } from './conversation.ts'
import { createDiscoveryCache, type Discovery } from './discovery-cache.ts'
import { fetchUser } from './fetch-user.ts'
import { type OnStep, timedStep } from './timed-step.ts'
import { toProviderError } from './to-provider-error.ts'
import { exchangeAndVerify, fetchClaims, grantOf, nameInResponse, needsUserInfo } from './verify-oidc-response.ts'

/** The result of a check. */
export type ProviderCheckResult = {
  readonly error: ProviderError | null
  /** Whether it properly rejected the made-up code. An error may be its response to any code, or only to this one. */
  readonly codeRejected: boolean
  /** The discovery document, if there is one and it could be read. */
  readonly discovery: Discovery | null
}

/** Makes the requests to providers. Every failure is a `ProviderError`, within a timeout that a person can wait for. */
export type ProviderClient = {
  /** The authorization URL. Contacts the provider first, unless it has responded recently. */
  readonly start: (provider: Provider, request: StartRequest) => Promise<URL>
  /**
   * Verifies the authorization response, and fetches the person's claims.
   * @param onStep called at the end of each request to the provider
   */
  readonly finish: (provider: Provider, response: URL, checks: Checks, onStep: OnStep) => Promise<Claims>
  /** The origin that a start leads the browser to first, as far as we know. */
  readonly origin: (provider: Provider) => string
  /** The origins that a start may lead the browser to. */
  readonly origins: (providers: readonly Provider[]) => readonly string[]
  /** Checks that the provider is reachable and accepts our credentials, with a made-up code. */
  readonly check: (provider: Provider, redirectUri: string) => Promise<ProviderCheckResult>
  /** Pings the provider, unless it has responded recently. @throws ProviderError */
  readonly ensureReachable: (provider: Provider) => Promise<void>
  /** Clears the cache. */
  readonly forget: () => void
}

const startTimeout = 2 * second
const finishTimeout = 4 * second

export type ProviderClientDeps = {
  readonly clock: Clock
  readonly secrets: Secrets
  /** Private CIDR ranges that may be connected to, besides public addresses. */
  readonly outboundRanges: readonly string[]
}

export function createProviderClient(deps: ProviderClientDeps): ProviderClient {
  const { clock, secrets } = deps
  const cache = createDiscoveryCache(clock, createOutbound(createGuardedFetch(deps.outboundRanges)))
  const conversationDeps = { secrets, cache, currentClientSecret: createClientSecrets(clock) }
  const open = (provider: Provider, until: AbortSignal) =>
    openConversation(conversationDeps, provider, finishTimeout, until)
  return {
    start: (provider, request) =>
      withTimeout(startTimeout, async (until) => {
        await cache.ensureReachable(provider)
        return authorizationUrl(await open(provider, until), request)
      }),
    finish: (provider, response, checks, onStep) =>
      withTimeout(finishTimeout, (until) => {
        const claimsOf = provider.kind === 'oidc' ? claimsOfIssuer : claimsOfUser
        return claimsOf({ clock, onStep, until }, () => open(provider, until), response, checks)
      }),
    check: async (provider, redirectUri) => {
      const result = await withTimeout(finishTimeout, async (until) => {
        await cache.ensureReachable(provider)
        const codeRejected = await requireAcceptedClient(await open(provider, until), redirectUri)
        return { error: null, codeRejected }
      }).catch((error) => ({ error: toProviderError(error), codeRejected: false }))
      return { ...result, discovery: cache.discovered(provider) }
    },
    ensureReachable: (provider) => withTimeout(startTimeout, () => cache.ensureReachable(provider)),
    forget: cache.forget,
    origin: cache.authorizationOrigin,
    origins: (providers) => [
      ...new Set(
        providers.flatMap((provider) => [cache.authorizationOrigin(provider), ...(provider.settings.origins ?? [])]),
      ),
    ],
  }
}

/** Rejects at the timeout, even if the work ignores the signal. */
async function withTimeout<T>(limit: number, work: (until: AbortSignal) => Promise<T>): Promise<T> {
  const until = AbortSignal.timeout(limit)
  const tooLate = new Promise<never>((_resolve, reject) => {
    until.addEventListener('abort', () => reject(new ProviderError('slow', until.reason)), { once: true })
  })
  try {
    return await Promise.race([work(until), tooLate])
  } catch (error) {
    throw toProviderError(error)
  }
}

type Steps = Parameters<typeof timedStep>[0]
type Open = () => Promise<Conversation>

async function claimsOfIssuer(steps: Steps, open: Open, response: URL, checks: Checks): Promise<Claims> {
  const { conversation, tokens } = await timedStep(steps, 'token', async () => {
    const conversation = await open()
    return { conversation, tokens: await exchangeAndVerify(conversation, response, checks, steps.clock.now()) }
  })
  const claims = needsUserInfo(conversation, tokens)
    ? await timedStep(steps, 'user-data', () => fetchClaims(conversation, tokens))
    : tokens.claims
  return { ...nameInResponse(conversation, response), ...claims }
}

async function claimsOfUser(steps: Steps, open: Open, response: URL, checks: Checks): Promise<Claims> {
  const { conversation, accessToken } = await timedStep(steps, 'token', async () => {
    const conversation = await open()
    const { expected, parameters } = grantOf(conversation, response, checks)
    const tokens = await authorizationCodeGrant(conversation.config, response, expected, parameters)
    return { conversation, accessToken: tokens.access_token }
  })
  return timedStep(steps, 'user-data', () => fetchUser(conversation, accessToken))
}

/**
 * Sends a made-up code: a provider authenticates the client before it looks at the code (RFC 6749, section 5.2).
 * @returns whether only the code was rejected
 */
async function requireAcceptedClient({ config, provider }: Conversation, redirectUri: string): Promise<boolean> {
  const parameters = {
    code: 'a-code-that-nobody-was-given',
    redirect_uri: redirectUri,
    ...(provider.settings.pkce !== 'ignored' && { code_verifier: 'a'.repeat(43) }),
  }
  try {
    await genericGrantRequest(config, 'authorization_code', parameters)
    return true
  } catch (error) {
    const { failure, code } = toProviderError(error)
    const rejectsClient = failure === 'refused' && (code === undefined || code === 'invalid_client')
    if (rejectsClient || failure === 'slow' || failure === 'unreachable') throw error
    return failure === 'refused'
  }
}
