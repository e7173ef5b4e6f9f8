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
  /** Told why a network failed: for the log. */
  readonly onProviderError: (trouble: ProviderError) => void
}

/** What the browser found when it looked for the network before it left: only its own word. */
export type BrowserCheck = 'reachable' | 'unreachable'

export type BeginAttemptInput = {
  readonly providerId: string
  readonly purpose: AttemptPurpose
  /** The session that links or steps up. */
  readonly sessionId?: SessionId
  /** Keyed hash of the browser's own cookie. */
  readonly browserHash: string
  readonly continueTo: string
  readonly clientNetwork: string
  readonly locale: Locale
  readonly browserCheck?: BrowserCheck | undefined
  /** The person wants to try although we said that it does not work. */
  readonly anyway?: boolean
}

/** An attempt that led nowhere: all that a page needs to explain it. */
export type FailedAttempt = {
  readonly failure: Failure
  /** The network's own word for it, if it gave one. */
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
 * Writes down that this browser goes to a network, and says where to.
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
  const of = { providerId, clientNetwork, reference, browserHash: input.browserHash }
  const outcome = await reach(deps, provider, input, of, { state, checks })
  const failure = outcome instanceof URL ? null : outcome
  const now = deps.clock.now()
  const attempt: Attempt = {
    ...of,
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

async function reach(
  deps: BeginAttemptDeps,
  provider: Provider,
  { purpose, locale, browserCheck, anyway }: BeginAttemptInput,
  of: AttemptRef,
  secret: { readonly state: string; readonly checks: Checks },
): Promise<URL | FailureReason> {
  const { health } = deps
  if (isClosed(deps, provider, purpose)) return 'disabled'
  const known = anyway ? undefined : health.breakerFor(provider.id, browserCheck !== 'unreachable')
  if (known) {
    observeSkipped(deps, of)
    return known
  }
  if (browserCheck) {
    const failure = browserCheck === 'unreachable' ? 'unreachable-here' : null
    observeStep(deps, of, { step: 'browser', milliseconds: null, failure })
  }
  const started = start(deps, provider, { ...secret, language: locale, requireFreshSignIn: purpose === 'step-up' }, of)
  return browserCheck === 'unreachable' && !anyway ? diagnoseUnreachable(deps.timers, started) : started
}

/** Milliseconds: the person has waited for the browser's own check already. */
const secondCheckLimit = 400

/**
 * The browser can't reach the network. Our own check tells whether that is the network's fault or the way to it; a
 * network that does not answer us in time either is slow. Our check is observed whenever it ends.
 */
async function diagnoseUnreachable(timers: Timers, started: Promise<URL | FailureReason>): Promise<FailureReason> {
  const { promise: tooLate, resolve } = Promise.withResolvers<'slow'>()
  const cancel = timers.after(secondCheckLimit, () => resolve('slow'))
  const outcome = await Promise.race([started, tooLate])
  cancel()
  return outcome instanceof URL ? 'unreachable-here' : outcome
}

async function start(
  deps: BeginAttemptDeps,
  provider: Provider,
  request: Omit<StartRequest, 'redirectUri'>,
  of: AttemptRef,
): Promise<URL | FailureReason> {
  const redirectUri = deps.publicUrl + callbackPath(provider.id)
  const begunAt = deps.clock.now()
  const note = (failure: FailureReason | null, code?: string) =>
    observeStep(deps, of, { step: 'start', milliseconds: deps.clock.now() - begunAt, failure, code })
  try {
    const url = await deps.providerClient.start(provider, { redirectUri, ...request })
    note(null)
    return url
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    deps.onProviderError(error)
    note(error.failure, error.code)
    return error.failure
  }
}

/** 256 bits in the characters that RFC 7636 allows in a verifier. */
function secretText(random: Random): string {
  return random.bytes(32).toString('base64url')
}
