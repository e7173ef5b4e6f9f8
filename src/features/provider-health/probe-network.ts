import { type Provider, type ProviderClient, ProviderError } from '#features/provider/index.ts'
import type { Clock } from '#kernel/clock.ts'
import type { NewObservation } from './observation.ts'

export type ProbeDeps = {
  readonly clock: Clock
  readonly providerClient: Pick<ProviderClient, 'ensureReachable' | 'check'>
  readonly redirectUri: string
  /** Whether the network has been seen to say no to a code that nobody was given, as one that works does. */
  readonly saysNo: () => Promise<boolean>
}

/**
 * Asks a network whether it is there (discovery document or token endpoint), so that trouble is noticed before a person
 * meets it, and its end without one. Where visitors got no tokens, it is asked for some that it will refuse: only our
 * own question decides that there are none. Of a network that never was heard to say no, another answer tells nothing.
 */
export async function probeNetwork(
  deps: ProbeDeps,
  provider: Provider,
  asksForTokens: boolean,
): Promise<readonly NewObservation[]> {
  const { clock, providerClient } = deps
  const begunAt = clock.now()
  const { error, saidNo } = asksForTokens
    ? await providerClient.check(provider, deps.redirectUri)
    : await providerClient.ensureReachable(provider).then(() => ({ error: null, saidNo: true }), providerErrorOnly)
  const at = clock.now()
  const failure = error?.failure ?? (!saidNo && (await deps.saysNo()) ? 'error' : null)
  const outcome = failure ? 'failed' : saidNo ? 'good' : 'neutral'
  const step = asksForTokens ? 'token' : 'probe'
  const seen = { providerId: provider.id, at, milliseconds: at - begunAt, clientNetwork: '', reference: null }
  return [{ ...seen, step, outcome, reason: failure }]
}

function providerErrorOnly(error: unknown) {
  if (error instanceof ProviderError) return { error, saidNo: false }
  throw error
}
