import type { InTransaction } from '#database/open.ts'
import { type AuditStore, type RecordDeps, record } from '#features/audit/index.ts'
import {
  type Checks,
  type FailureReason,
  type Provider,
  type ProviderClient,
  ProviderError,
  type ProviderStore,
  type StartRequest,
} from '#features/provider/index.ts'
import type { HealthWatch } from '#features/provider-health/index.ts'
import { type ThrottleStore, takeOrRefuse } from '#features/throttle/index.ts'
import { newReference, type SessionId } from '#kernel/id.ts'
import type { Locale } from '#kernel/locale.ts'
import type { Random } from '#kernel/random.ts'
import type { Secrets } from '#kernel/secret.ts'
import type { Timers } from '#kernel/timers.ts'
import type { AttemptStore } from './attempt.store.ts'
import { type Attempt, type AttemptPurpose, attemptLifetime } from './attempt.ts'
import { startsByClientNetwork } from './budgets.ts'
import type { Failure } from './failure.ts'
import { federationProblem } from './federation-problem.ts'
import { callbackPath } from './federation-urls.ts'
import { isClosed } from './is-closed.ts'
import { observeSkipped, observeStep } from './observe-steps.ts'

type Stores = {
  readonly attempts: AttemptStore
  readonly audit: AuditStore
  readonly throttle: ThrottleStore
}

export type BeginAttemptDeps = RecordDeps & {
  readonly timers: Timers
  readonly secrets: Secrets
  readonly providerClient: Pick<ProviderClient, 'start'>
  readonly health: Pick<HealthWatch, 'observe' | 'health' | 'breakerFor'>
  readonly publicUrl: string
  readonly read: { readonly providers: ProviderStore }
  readonly inTransaction: InTransaction<Stores>
  /** Logs why a network failed. */
  readonly onProviderError: (error: ProviderError) => void
}

/** Result of the browser's own reachability check, as reported by the browser. Not verified. */
export type BrowserCheck = 'reachable' | 'unreachable'

export type BeginAttemptInput = {
  readonly providerId: string
  readonly purpose: AttemptPurpose
  /** The session to link to or to step up. */
  readonly sessionId?: SessionId
  /** Keyed hash of the browser cookie. */
  readonly browserHash: string
  readonly continueTo: string
  readonly clientNetwork: string
  readonly locale: Locale
  readonly browserCheck?: BrowserCheck | undefined
  /** The person chose to try in spite of a reported outage: skips the circuit breaker. */
  readonly anyway?: boolean
}

/** A failed attempt, with everything that a page needs to explain it. */
export type FailedAttempt = {
  readonly failure: Failure
  /** The network's own error code, if it sent one. */
  readonly code?: string | undefined
  readonly provider: Provider
  readonly purpose: AttemptPurpose
  readonly continueTo: string
  readonly reference: string
}

export type BegunAttempt =
  | { readonly next: 'network'; readonly url: URL }
  | { readonly next: 'failed'; readonly failed: FailedAttempt }

/**
 * Stores an attempt of this browser and returns the authorization URL of the network.
 * @throws Problem `federation.no-such-network`, `federation.too-many`
 */
export async function beginAttempt(deps: BeginAttemptDeps, input: BeginAttemptInput): Promise<BegunAttempt> {
  const { providerId, purpose, continueTo, clientNetwork } = input
  const provider = await deps.read.providers.find(providerId)
  if (!provider) throw federationProblem('federation.no-such-network')
  await deps.inTransaction(({ throttle }) =>
    takeOrRefuse(deps, throttle, startsByClientNetwork, clientNetwork, (retryAfter) =>
      federationProblem('federation.too-many', { retryAfter }),
    ),
  )
  const { token: state, hash: stateHash } = deps.secrets.issue('federation-state')
  const checks: Checks = { verifier: secretText(deps.random), nonce: secretText(deps.random) }
  const reference = newReference(deps.random)
  const ref = { providerId, clientNetwork, reference, browserHash: input.browserHash }
  const outcome = await reachNetwork(deps, provider, input, ref, { state, checks })
  const failure = outcome instanceof URL ? null : outcome
  const now = deps.clock.now()
  const attempt: Attempt = {
    ...ref,
    stateHash,
    purpose,
    sessionId: input.sessionId ?? null,
    continueTo,
    checks: failure ? '' : deps.secrets.encrypt('federation-verifier', JSON.stringify(checks)),
    createdAt: now,
    expiresAt: now + attemptLifetime,
    consumedAt: failure && now,
    outcome: failure,
    code: null,
  }
  await deps.inTransaction(async ({ attempts, audit }) => {
    await attempts.insert(attempt)
    if (!failure) return
    const details = { provider: providerId, failure, reference }
    await record(deps, audit, { event: 'federation.attempt-refused', clientNetwork, details })
  })
  if (outcome instanceof URL) return { next: 'network', url: outcome }
  return { next: 'failed', failed: { failure: outcome, provider, purpose, continueTo, reference } }
}

type AttemptRef = Pick<Attempt, 'providerId' | 'clientNetwork' | 'reference' | 'browserHash'>

async function reachNetwork(
  deps: BeginAttemptDeps,
  provider: Provider,
  { purpose, locale, browserCheck, anyway }: BeginAttemptInput,
  ref: AttemptRef,
  secret: { readonly state: string; readonly checks: Checks },
): Promise<URL | FailureReason> {
  const { health } = deps
  if (isClosed(deps, provider, purpose)) return 'disabled'
  const reportedFailure = anyway ? undefined : health.breakerFor(provider.id, browserCheck !== 'unreachable')
  if (reportedFailure) {
    observeSkipped(deps, ref)
    return reportedFailure
  }
  if (browserCheck) {
    const failure = browserCheck === 'unreachable' ? 'unreachable-here' : null
    observeStep(deps, ref, { step: 'browser', milliseconds: null, failure })
  }
  const started = start(deps, provider, { ...secret, language: locale, requireFreshSignIn: purpose === 'step-up' }, ref)
  return browserCheck === 'unreachable' && !anyway ? diagnoseUnreachable(deps.timers, started) : started
}

/** Milliseconds. Short, because the person has already waited for the browser's own check. */
const serverCheckTimeout = 400

/**
 * The browser could not reach the network. Our own check tells whether the network is down or only unreachable from the
 * browser; on timeout the network is slow. The result of our check is observed even if it arrives after the timeout.
 */
async function diagnoseUnreachable(timers: Timers, started: Promise<URL | FailureReason>): Promise<FailureReason> {
  const { promise: timedOut, resolve } = Promise.withResolvers<'slow'>()
  const cancel = timers.after(serverCheckTimeout, () => resolve('slow'))
  const outcome = await Promise.race([started, timedOut])
  cancel()
  return outcome instanceof URL ? 'unreachable-here' : outcome
}

async function start(
  deps: BeginAttemptDeps,
  provider: Provider,
  request: Omit<StartRequest, 'redirectUri'>,
  ref: AttemptRef,
): Promise<URL | FailureReason> {
  const redirectUri = deps.publicUrl + callbackPath(provider.id)
  const begunAt = deps.clock.now()
  const observe = (failure: FailureReason | null, code?: string) =>
    observeStep(deps, ref, { step: 'start', milliseconds: deps.clock.now() - begunAt, failure, code })
  try {
    const url = await deps.providerClient.start(provider, { redirectUri, ...request })
    observe(null)
    return url
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    deps.onProviderError(error)
    observe(error.failure, error.code)
    return error.failure
  }
}

/** 256 random bits in base64url, which RFC 7636 allows in a code verifier. */
function secretText(random: Random): string {
  return random.bytes(32).toString('base64url')
}
