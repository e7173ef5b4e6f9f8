import type { InTransaction } from '../../database/open.ts'
import { newReference, type SessionId } from '../../kernel/id.ts'
import type { Locale } from '../../kernel/locale.ts'
import type { Random } from '../../kernel/random.ts'
import type { Secrets } from '../../kernel/secret.ts'
import { type AuditStore, type RecordDeps, record } from '../audit/index.ts'
import type { Checks, NetworkClient, Provider, ProviderStore } from '../provider/index.ts'
import { type NetworkFailure, NetworkTrouble } from '../provider/index.ts'
import { type ThrottleStore, takeOrRefuse } from '../throttle/index.ts'
import type { AttemptStore } from './attempt.store.ts'
import { type Attempt, type AttemptPurpose, attemptLifetime } from './attempt.ts'
import { federationProblem } from './federation-problem.ts'
import { callbackPath } from './federation-urls.ts'

type Stores = {
  readonly attempts: AttemptStore
  readonly audit: AuditStore
  readonly throttle: ThrottleStore
}

export type BeginAttemptDeps = RecordDeps & {
  readonly secrets: Secrets
  readonly networks: Pick<NetworkClient, 'start'>
  readonly publicUrl: string
  readonly read: { readonly providers: ProviderStore }
  readonly inTransaction: InTransaction<Stores>
  /** Told why a network failed: for the log. */
  readonly onTrouble: (trouble: NetworkTrouble) => void
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
  readonly failure: NetworkFailure
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
    takeOrRefuse(deps, throttle, 'federation.network', clientNetwork, (retryAfter) =>
      federationProblem('federation.too-many', { retryAfter }),
    ),
  )
  const { token: state, hash: stateHash } = deps.secrets.issue('federation-state')
  const checks: Checks = { verifier: secretText(deps.random), nonce: secretText(deps.random) }
  const reference = newReference(deps.random)
  const outcome = await reach(deps, provider, input, state, checks)
  const failure = outcome instanceof URL ? null : outcome
  const now = deps.clock.now()
  const attempt: Attempt = {
    stateHash,
    providerId,
    browserHash: input.browserHash,
    purpose,
    sessionId: input.sessionId ?? null,
    continueTo,
    clientNetwork,
    checks: failure ? '' : deps.secrets.encrypt('federation-verifier', JSON.stringify(checks)),
    reference,
    createdAt: now,
    expiresAt: now + attemptLifetime,
    consumedAt: failure && now,
    outcome: failure,
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

async function reach(
  deps: BeginAttemptDeps,
  provider: Provider,
  { locale, browserCheck, anyway }: BeginAttemptInput,
  state: string,
  checks: Checks,
): Promise<URL | NetworkFailure> {
  if (!provider.enabled) return 'disabled'
  const redirectUri = deps.publicUrl + callbackPath(provider.id)
  try {
    const url = await deps.networks.start(provider, { redirectUri, state, checks, language: locale })
    return browserCheck === 'unreachable' && !anyway ? 'unreachable-here' : url
  } catch (error) {
    if (!(error instanceof NetworkTrouble)) throw error
    deps.onTrouble(error)
    return error.failure
  }
}

/** 256 bits in the characters that RFC 7636 allows in a verifier. */
function secretText(random: Random): string {
  return random.bytes(32).toString('base64url')
}
