import { type Provider, signsIn } from '#features/provider/index.ts'
import type { HealthWatch } from '#features/provider-health/index.ts'
import type { AttemptPurpose } from './attempt.ts'

/** Whether the network is not available for this purpose: switched off, overridden, or only for linking. */
export function isClosed(
  { health }: { readonly health: Pick<HealthWatch, 'health'> },
  provider: Provider,
  purpose: AttemptPurpose,
): boolean {
  const isOpen = purpose === 'link' ? provider.enabled : signsIn(provider)
  return !isOpen || health.health().get(provider.id)?.state === 'off'
}
