import type { InTransaction } from '#database/open.ts'
import { type AuditStore, type RecordDeps, record } from '#features/audit/index.ts'
import {
  type Checks,
  type FailureReason,
  type FederatedIdentity,
  identityOf,
  type Provider,
  type ProviderClient,
  ProviderError,
  type ProviderStore,
} from '#features/provider/index.ts'
import type { HealthWatch } from '#features/provider-health/index.ts'
import { type ThrottleStore, take } from '#features/throttle/index.ts'
import { newReference } from '#kernel/id.ts'
import type { Secrets } from '#kernel/secret.ts'
import type { AttemptStore } from './attempt.store.ts'
import type { Attempt } from './attempt.ts'
import type { FailedAttempt } from './begin-attempt.ts'
import { unknownAnswers } from './budgets.ts'
import { federationProblem } from './federation-problem.ts'
import { callbackPath } from './federation-urls.ts'
import { isClosed } from './is-closed.ts'
import { type ObservedStep, observeStep } from './observe-steps.ts'

type Stores = {
  readonly attempts: AttemptStore
  readonly audit: AuditStore
  readonly throttle: ThrottleStore
}

export type FinishAttemptDeps = RecordDeps & {
  readonly secrets: Secrets
  readonly providerClient: Pick<ProviderClient, 'finish'>
  readonly health: Pick<HealthWatch, 'observe' | 'health'>
  readonly publicUrl: string
  readonly read: { readonly providers: ProviderStore }
  readonly inTransaction: InTransaction<Stores>
  /** Logs why a network failed. */
  readonly onProviderError: (error: ProviderError) => void
}

export type FinishAttemptInput = {
  readonly providerId: string
  /** The raw query string of the callback. */
  readonly query: string
  /** Keyed hash of the browser cookie, if there is one. */
  readonly browserHash: string | undefined
  readonly clientNetwork: string
  /** Where to continue if no attempt of this browser matches. */
  readonly otherwiseTo: string
}

export type Identified = {
  readonly attempt: Attempt
  readonly provider: Provider
  readonly identity: FederatedIdentity
}

export type FinishedAttempt =
  | ({ readonly next: 'identified' } & Identified)
  | { readonly next: 'failed'; readonly failed: FailedAttempt }

/**
 * Handles the answer that a browser brings back from a network. The first answer consumes the attempt, whatever the
 * result.
 * @throws Problem `federation.no-such-network`
 */
export async function finishAttempt(deps: FinishAttemptDeps, input: FinishAttemptInput): Promise<FinishedAttempt> {
  const provider = await deps.read.providers.find(input.providerId)
  if (!provider) throw federationProblem('federation.no-such-network')
  const answer = new URL(`${deps.publicUrl}${callbackPath(provider.id)}?${input.query}`)
  const begun = await consume(deps, input, answer)
  const outcome = begun.failure ? begun : await exchange(deps, provider, answer, begun.attempt)
  if ('identity' in outcome) return { next: 'identified', ...outcome }
  return fail(deps, input, provider, begun, outcome)
}

async function fail(
  deps: FinishAttemptDeps,
  { clientNetwork, otherwiseTo }: FinishAttemptInput,
  provider: Provider,
  { attempt, failure: refused }: Begun,
  { failure, code }: Refused,
): Promise<FinishedAttempt> {
  const { purpose, continueTo, reference } = attempt ?? {
    purpose: 'sign-in',
    continueTo: otherwiseTo,
    reference: newReference(deps.random),
  }
  await deps.inTransaction(async ({ attempts, audit, throttle }) => {
    if (attempt && !refused) await attempts.settle(attempt.stateHash, failure, code)
    // Rate-limited: forged and replayed answers must not fill the audit table.
    const isFirstAnswer = attempt && !refused
    if (!isFirstAnswer && !(await take(deps, throttle, unknownAnswers, clientNetwork))) return
    const details = { provider: provider.id, failure, reference, ...(code !== undefined && { code }) }
    await record(deps, audit, { event: 'federation.attempt-refused', clientNetwork, details })
  })
  return { next: 'failed', failed: { failure, code, provider, purpose, continueTo, reference } }
}

type Refused = { readonly failure: FailureReason; readonly code?: string | undefined }

type Begun =
  | { readonly attempt: Attempt; readonly failure?: undefined }
  /** The attempt is set only if it belongs to this browser. */
  | ({ readonly attempt: Attempt | undefined } & Refused)

async function consume(
  deps: FinishAttemptDeps,
  { providerId, browserHash }: FinishAttemptInput,
  answer: URL,
): Promise<Begun> {
  const states = answer.searchParams.getAll('state')
  const state = states[0]
  if (!state || states.length > 1) return { attempt: undefined, failure: 'not-this-browser' }
  if (!browserHash) return { attempt: undefined, failure: 'cookies-blocked' }
  const key = {
    stateHash: deps.secrets.hash('federation-state', state),
    providerId,
    browserHash,
  }
  return deps.inTransaction(async ({ attempts }) => {
    const attempt = await attempts.consume(key, deps.clock.now())
    if (attempt) return { attempt }
    const other = await attempts.find(key.stateHash)
    const own = other?.browserHash === key.browserHash && other.providerId === providerId ? other : undefined
    return { attempt: own, failure: own ? 'expired' : 'not-this-browser' }
  })
}

async function exchange(
  deps: FinishAttemptDeps,
  provider: Provider,
  answer: URL,
  attempt: Attempt,
): Promise<Identified | Refused> {
  // The network may have been switched off while the person was there.
  if (isClosed(deps, provider, attempt.purpose)) return { failure: 'disabled' }
  const steps: ObservedStep[] = []
  try {
    if (new Set(answer.searchParams.keys()).size !== answer.searchParams.size) throw new ProviderError('refused')
    const checks: Checks = JSON.parse(deps.secrets.decrypt('federation-verifier', attempt.checks))
    const claims = await deps.providerClient.finish(provider, answer, checks, (step) => steps.push(step))
    const identity = identityOf(provider, claims)
    if (!identity) throw new ProviderError('nonsense', new Error('the identity has no subject'))
    observeSteps(deps, attempt, steps)
    // Or during the requests to the network.
    if (isClosed(deps, provider, attempt.purpose)) return { failure: 'disabled' }
    return { attempt, provider, identity }
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    deps.onProviderError(error)
    observeSteps(deps, attempt, steps, error)
    return error
  }
}

/** An error before our first request to the network is attributed to the answer that the browser brought. */
function observeSteps(
  deps: FinishAttemptDeps,
  attempt: Attempt,
  steps: readonly ObservedStep[],
  error?: ProviderError,
) {
  const returnError = steps.length === 0 ? error : undefined
  const milliseconds = deps.clock.now() - attempt.createdAt
  const isProved = steps.some(({ failure }) => failure === null)
  const failure = returnError?.failure ?? null
  observeStep(deps, attempt, { step: 'return', milliseconds, failure, code: returnError?.code, isProved })
  for (const step of steps) observeStep(deps, attempt, { ...step, code: error?.code })
}
