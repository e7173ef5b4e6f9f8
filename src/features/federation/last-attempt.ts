import type { Provider, ProviderStore } from '#features/provider/index.ts'
import type { Browser } from '#features/session/index.ts'
import type { Clock } from '#kernel/clock.ts'
import { hour } from '#kernel/duration.ts'
import type { AttemptStore } from './attempt.store.ts'
import type { Attempt } from './attempt.ts'
import { type Failure, failureTraits, isFailure } from './failure.ts'

export type LastAttemptDeps = {
  readonly clock: Clock
  readonly read: { readonly attempts: AttemptStore; readonly providers: ProviderStore }
}

/** Long enough for a person who comes back after a phone call or a coffee. */
const rememberedFor = hour

/** Outcome of this browser's last attempt to sign in through a network. */
export type LastAttempt = {
  readonly provider: Provider
  readonly continueTo: string
  readonly reference: string
  /** Null if the browser has not come back, which is all we see of a page that was blocked or closed. */
  readonly failure: Failure | null
  /** The network's own error code, if it sent one. */
  readonly code: string | undefined
}

/** The last attempt of this browser, unless it succeeded or the person has signed in by another way since. */
export async function lastAttempt(
  { read, clock }: LastAttemptDeps,
  { browserHash, session }: Pick<Browser, 'browserHash' | 'session'>,
): Promise<LastAttempt | undefined> {
  const attempt = browserHash ? await read.attempts.findLatestOfBrowser(browserHash) : undefined
  if (attempt?.purpose !== 'sign-in' || attempt.createdAt + rememberedFor <= clock.now()) return undefined
  if (session?.proofs.some((proof) => proof.provenAt >= attempt.createdAt)) return undefined
  const failure = failureOf(attempt)
  if (failure === undefined) return undefined
  const provider = await read.providers.find(attempt.providerId)
  const { continueTo, reference, code } = attempt
  return provider && { provider, continueTo, reference, failure, code: code ?? undefined }
}

function failureOf({ consumedAt, outcome }: Attempt): Failure | null | undefined {
  if (consumedAt === null) return null
  return outcome !== null && isFailure(outcome) ? outcome : undefined
}

/** The network that this browser has not come back from. */
export function abandonedNetwork(last: LastAttempt | undefined): Provider | undefined {
  return last?.failure === null && last.provider.enabled ? last.provider : undefined
}

/** A network that just failed. It is offered last. */
export type FailedNetwork = { readonly networkId: string; readonly reason: 'just-failed' }

/** The network to offer last. Only outages count: a person who cancelled may want the same network again. */
export function failedNetwork(last: LastAttempt | undefined): FailedNetwork | undefined {
  if (!last || (last.failure !== null && !failureTraits[last.failure].isOutage)) return undefined
  return { networkId: last.provider.id, reason: 'just-failed' }
}
