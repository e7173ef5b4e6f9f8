import { type Provider, signsIn } from '#features/provider/index.ts'
import type { HealthWatch } from '#features/provider-health/index.ts'
import type { AttemptPurpose } from './attempt.ts'

/** Whether nobody goes there for this: the operator switched it off, for good or for a while, or it is for linking only. */
export function isClosed(
  { health }: { readonly health: Pick<HealthWatch, 'health'> },
  provider: Provider,
  purpose: AttemptPurpose,
): boolean {
  const isOpen = purpose === 'link' ? provider.enabled : signsIn(provider)
  return !isOpen || health.health().get(provider.id)?.state === 'off'
}
