import { type Provider, type ProviderClient, ProviderError } from '#features/provider/index.ts'
import type { Clock } from '#kernel/clock.ts'
import type { NewObservation } from './observation.ts'

export type ProbeDeps = {
  readonly clock: Clock
  readonly providerClient: Pick<ProviderClient, 'ensureReachable' | 'check'>
  readonly redirectUri: string
  /** Whether the provider has ever properly rejected a made-up code. */
  readonly hasRejectedCode: () => Promise<boolean>
}

/**
 * Probes a provider (discovery document or token endpoint), so that outages and their ends are noticed without an
 * attempt. If visitors got no tokens, sends a token request with a made-up code: only our own request may decide that
 * no tokens are issued. If the provider has never properly rejected such a code, another response means nothing.
 */
export async function probeNetwork(
  deps: ProbeDeps,
  provider: Provider,
  asksForTokens: boolean,
): Promise<readonly NewObservation[]> {
  const { clock, providerClient } = deps
  const begunAt = clock.now()
  const { error, codeRejected } = asksForTokens
    ? await providerClient.check(provider, deps.redirectUri)
    : await providerClient.ensureReachable(provider).then(() => ({ error: null, codeRejected: true }), asProviderError)
  const at = clock.now()
  const failure = error?.failure ?? (!codeRejected && (await deps.hasRejectedCode()) ? 'error' : null)
  const outcome = failure ? 'failed' : codeRejected ? 'good' : 'neutral'
  const step = asksForTokens ? 'token' : 'probe'
  const seen = { providerId: provider.id, at, milliseconds: at - begunAt, clientNetwork: '', reference: null }
  return [{ ...seen, step, outcome, reason: failure }]
}

function asProviderError(error: unknown) {
  if (error instanceof ProviderError) return { error, codeRejected: false }
  throw error
}
