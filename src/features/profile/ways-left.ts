import { type AccountIdentifier, proved } from '#features/account/index.ts'
import type { FederatedIdentifier } from '#features/network-link/index.ts'
import type { Password } from '#features/password/index.ts'
import type { Provider } from '#features/provider/index.ts'

export type SignInMeans = {
  readonly password: Password | undefined
  readonly identifiers: readonly AccountIdentifier[]
  readonly linked: readonly FederatedIdentifier[]
  /** Networks that sign people in. */
  readonly opening: readonly Pick<Provider, 'id'>[]
}

/**
 * Whether the person can still sign in without this network. A mailed link does not count: it sets a password, and the
 * mailbox may hang on the very network that goes.
 */
export function mayUnlink(means: SignInMeans, providerId: string): boolean {
  const { password, identifiers, linked, opening } = means
  // What opens nothing can always go.
  if (linked.every((link) => link.providerId !== providerId || link.quarantinedAt !== null)) return true
  if (password?.disabledAt === null && proved(identifiers).length > 0) return true
  return linked.some(
    (link) =>
      link.providerId !== providerId && link.quarantinedAt === null && opening.some(({ id }) => id === link.providerId),
  )
}
