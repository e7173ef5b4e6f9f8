import type { Clock } from '../../kernel/clock.ts'
import { type NetworkClient, NetworkTrouble, type Provider } from '../provider/index.ts'
import type { Incident } from './incident.ts'
import type { Seen } from './observation.ts'

export type ProbeDeps = {
  readonly clock: Clock
  readonly networks: Pick<NetworkClient, 'reach' | 'check'>
  readonly redirectUri: (provider: Provider) => string
}

/**
 * Asks a network whether it is there (discovery document or token endpoint), so that trouble is noticed before a person
 * meets it, and its end without one. Where it gave no tokens, it is asked for some that it will refuse; what else it
 * answers to that tells nothing, neither that the trouble is over nor that it goes on.
 */
export async function probeNetwork(
  { clock, networks, redirectUri }: ProbeDeps,
  provider: Provider,
  troubled: Incident | undefined,
): Promise<readonly Seen[]> {
  const asksForTokens = troubled?.evidence.stream === 'token'
  const begunAt = clock.now()
  const { trouble, saidNo } = asksForTokens
    ? await networks.check(provider, redirectUri(provider))
    : await networks.reach(provider).then(() => ({ trouble: null, saidNo: true }), troubleOnly)
  const at = clock.now()
  const outcome = trouble ? 'failed' : saidNo ? 'good' : 'neutral'
  const step = asksForTokens ? 'token' : 'probe'
  const seen = { providerId: provider.id, at, milliseconds: at - begunAt, clientNetwork: '', reference: null }
  return [{ ...seen, step, outcome, reason: trouble?.failure ?? null }]
}

function troubleOnly(error: unknown) {
  if (error instanceof NetworkTrouble) return { trouble: error, saidNo: false }
  throw error
}
