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
import { askTokens, askUserInfo, grantOf, nameInAnswer, wantsUserInfo } from './issuer-claims.ts'
import { type OnStep, timedStep } from './timed-step.ts'
import { toProviderError } from './to-provider-error.ts'

/** How a network answered to a check. */
export type ProviderCheckResult = {
  readonly error: ProviderError | null
  /** Whether it said no as a network does that works: a fault may be its answer to any code, or to this one alone. */
  readonly saidNo: boolean
  /** What its discovery document says, if it has one and it was read. */
  readonly discovery: Discovery | null
}

/** Speaks with the networks. Whatever goes wrong with one of them is a `ProviderError`, soon enough for a person. */
export type ProviderClient = {
  /** Where to send the browser; asked of the network itself when we have not heard from it just now. */
  readonly start: (provider: Provider, request: StartRequest) => Promise<URL>
  /**
   * Checks what the browser brought back, and asks the network who it is.
   * @param tell told of each call to the network as it ends
   */
  readonly finish: (provider: Provider, answer: URL, checks: Checks, tell: OnStep) => Promise<Claims>
  /** Where the start leads the browser first, as far as we know. */
  readonly origin: (provider: Provider) => string
  /** Origins that the start may lead the browser to. */
  readonly origins: (providers: readonly Provider[]) => readonly string[]
  /** Asks whether it is there and knows us: with a code that nobody was given. */
  readonly check: (provider: Provider, redirectUri: string) => Promise<ProviderCheckResult>
  /** Asks whether it is there, if it was not heard of a moment ago. @throws ProviderError */
  readonly ensureReachable: (provider: Provider) => Promise<void>
  /** What was known of the networks may have changed: they are asked anew. */
  readonly forget: () => void
}

const startLimit = 2 * second
const finishLimit = 4 * second

export type ProviderClientDeps = {
  readonly clock: Clock
  readonly secrets: Secrets
  /** Ranges besides the public ones where networks may be, as CIDR. */
  readonly privateNetworks: readonly string[]
}

export function createProviderClient(deps: ProviderClientDeps): ProviderClient {
  const { clock, secrets } = deps
  const cache = createDiscoveryCache(clock, createOutbound(createGuardedFetch(deps.privateNetworks)))
  const conversationDeps = { secrets, cache, currentClientSecret: createClientSecrets(clock) }
  const converse = (provider: Provider, until: AbortSignal) =>
    openConversation(conversationDeps, provider, finishLimit, until)
  return {
    start: (provider, request) =>
      within(startLimit, async (until) => {
        await cache.ensureReachable(provider)
        return authorizationUrl(await converse(provider, until), request)
      }),
    finish: (provider, answer, checks, tell) =>
      within(finishLimit, (until) => {
        const claimsOf = provider.kind === 'oidc' ? claimsOfIssuer : claimsOfUser
        return claimsOf({ clock, tell, until }, () => converse(provider, until), answer, checks)
      }),
    check: async (provider, redirectUri) => {
      const answered = await within(finishLimit, async (until) => {
        await cache.ensureReachable(provider)
        return { error: null, saidNo: await requireKnown(await converse(provider, until), redirectUri) }
      }).catch((error) => ({ error: toProviderError(error), saidNo: false }))
      return { ...answered, discovery: cache.discovered(provider) }
    },
    ensureReachable: (provider) => within(startLimit, () => cache.ensureReachable(provider)),
    forget: cache.forget,
    origin: cache.authorizationOrigin,
    origins: (providers) => [
      ...new Set(
        providers.flatMap((provider) => [cache.authorizationOrigin(provider), ...(provider.settings.origins ?? [])]),
      ),
    ],
  }
}

/** Ends with the limit whatever the work is waiting for. */
async function within<T>(limit: number, work: (until: AbortSignal) => Promise<T>): Promise<T> {
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

async function claimsOfIssuer(steps: Steps, open: Open, answer: URL, checks: Checks): Promise<Claims> {
  const { conversation, tokens } = await timedStep(steps, 'token', async () => {
    const conversation = await open()
    return { conversation, tokens: await askTokens(conversation, answer, checks, steps.clock.now()) }
  })
  const claims = wantsUserInfo(conversation, tokens)
    ? await timedStep(steps, 'user-data', () => askUserInfo(conversation, tokens))
    : tokens.claims
  return { ...nameInAnswer(conversation, answer), ...claims }
}

async function claimsOfUser(steps: Steps, open: Open, answer: URL, checks: Checks): Promise<Claims> {
  const { conversation, accessToken } = await timedStep(steps, 'token', async () => {
    const conversation = await open()
    const { expected, parameters } = grantOf(conversation, answer, checks)
    const tokens = await authorizationCodeGrant(conversation.config, answer, expected, parameters)
    return { conversation, accessToken: tokens.access_token }
  })
  return timedStep(steps, 'user-data', () => fetchUser(conversation, accessToken))
}

/**
 * RFC 6749, section 5.2: the client is authenticated before anybody looks at the code.
 * @returns whether it said no to the code, and nothing else went wrong
 */
async function requireKnown({ config, provider }: Conversation, redirectUri: string): Promise<boolean> {
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
    const refusesUs = failure === 'refused' && (code === undefined || code === 'invalid_client')
    if (refusesUs || failure === 'slow' || failure === 'unreachable') throw error
    return failure === 'refused'
  }
}
