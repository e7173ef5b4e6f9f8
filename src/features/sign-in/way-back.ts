import type { Clock } from '../../kernel/clock.ts'
import type { AttemptStore } from '../federation/index.ts'
import type { Provider, ProviderStore } from '../provider/index.ts'
import type { Browser } from '../session/index.ts'

export type WayBackDeps = {
  readonly clock: Clock
  readonly read: { readonly attempts: AttemptStore; readonly providers: ProviderStore }
}

/**
 * The network for which this browser left a moment ago and from which it has not come back: a page that was blocked or
 * closed tells us nothing else.
 */
export async function networkNotReturnedFrom(
  { read, clock }: WayBackDeps,
  { browserHash }: Browser,
): Promise<Provider | undefined> {
  const attempt = browserHash && (await read.attempts.findLatestOfBrowser(browserHash))
  if (!attempt || attempt.consumedAt !== null || attempt.expiresAt <= clock.now()) return undefined
  const provider = await read.providers.find(attempt.providerId)
  return provider?.enabled ? provider : undefined
}
