import type { AccountStore, IdentifierStore } from '#features/account/index.ts'
import type { FederatedIdentifierStore } from '#features/network-link/index.ts'
import type { PasswordStore } from '#features/password/index.ts'
import type { ProviderStore } from '#features/provider/index.ts'
import type { Session, SessionStore } from '#features/session/index.ts'
import { independentWays, linkableNetworks, mayRemove, type OfferWaysDeps, offerWays } from '#features/sign-in/index.ts'
import type { Clock } from '#kernel/clock.ts'

export type ShowProfileDeps = OfferWaysDeps & {
  readonly clock: Clock
  readonly read: {
    readonly accounts: AccountStore
    readonly federatedIdentifiers: FederatedIdentifierStore
    readonly identifiers: IdentifierStore
    readonly passwords: PasswordStore
    readonly providers: ProviderStore
    readonly sessions: SessionStore
  }
}

export type ShowProfileInput = {
  readonly session: Session
  /** A network may be in trouble for one client network only. */
  readonly clientNetwork: string
  /** The network that just failed. */
  readonly failedNetworkId?: string | undefined
}

/** Loads the data of the profile page for the session's account. */
export async function showProfile(
  deps: ShowProfileDeps,
  { session, clientNetwork, failedNetworkId: networkId }: ShowProfileInput,
) {
  const { read, clock } = deps
  const failed = networkId === undefined ? undefined : ({ networkId, reason: 'just-failed' } as const)
  const { accountId } = session
  const [account, password, identifiers, linked, providers, sessions, ways] = await Promise.all([
    read.accounts.find(accountId),
    read.passwords.find(accountId),
    read.identifiers.listOfAccount(accountId),
    read.federatedIdentifiers.listOfAccount(accountId),
    read.providers.list(),
    read.sessions.listOfAccount(accountId, clock.now()),
    offerWays(deps, { accountId, clientNetwork, failed }),
  ])
  const opens = new Set(linked.filter((link) => link.quarantinedAt === null).map((link) => link.providerId))
  const unlinked = providers.filter(({ id, enabled }) => enabled && !opens.has(id))
  return {
    name: account?.name ?? '',
    ways,
    independentWays: independentWays(ways),
    identifiers: identifiers.map(({ kind, display, provedAt, primary }) => ({
      kind,
      value: display,
      proved: provedAt !== null,
      primary: primary && provedAt !== null,
    })),
    networks: {
      linked: providers.flatMap(({ id, name, logo }) => {
        const linkedAt = linked.filter((link) => link.providerId === id).map((link) => link.linkedAt)
        return linkedAt.length > 0
          ? [{ id, name, logo, linkedAt, removable: mayRemove(ways, (way) => way.network?.id === id) }]
          : []
      }),
      linkable: linkableNetworks(deps, unlinked, { clientNetwork, failed }),
    },
    hasPassword: password?.disabledAt === null,
    sessions: sessions.map(({ id, device, createdAt, lastSeenAt, clientNetwork }) => ({
      id,
      device,
      current: id === session.id,
      createdAt,
      lastSeenAt,
      network: clientNetwork,
    })),
  }
}
