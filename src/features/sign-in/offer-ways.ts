import { type IdentifierStore, proved } from '#features/account/index.ts'
import type { FederatedIdentifierStore } from '#features/network-link/index.ts'
import type { PasswordStore } from '#features/password/index.ts'
import { type Provider, type ProviderClient, type ProviderStore, signsIn } from '#features/provider/index.ts'
import type { HealthWatch } from '#features/provider-health/index.ts'
import type { KnownBrowserStore } from '#features/session/index.ts'
import type { Clock } from '#kernel/clock.ts'
import type { AccountId } from '#kernel/id.ts'
import type { Secrets } from '#kernel/secret.ts'
import type { Means, Way } from './way.ts'
import { type AccountWays, type Network, type Situation, waysIn } from './ways-in.ts'

export type OfferWaysDeps = {
  readonly clock: Clock
  readonly secrets: Secrets
  readonly providerClient: Pick<ProviderClient, 'origin'>
  readonly health: Pick<HealthWatch, 'health'>
  readonly read: {
    readonly providers: ProviderStore
    readonly identifiers: IdentifierStore
    readonly passwords: PasswordStore
    readonly federatedIdentifiers: FederatedIdentifierStore
    readonly knownBrowsers: KnownBrowserStore
  }
}

/** What is built and works; passkey, QR code, SMS and recovery codes take their place here when they do. */
const offered: readonly Means[] = ['password', 'network', 'mailed-link']

export type OfferInput = {
  /** Of the cookie that marks a known browser. */
  readonly knownToken?: string | undefined
  /** Networks may be in trouble from there alone. */
  readonly clientNetwork?: string | undefined
  readonly failed?: Situation['failed']
  /** Only for a person whose account is proved: otherwise the list would tell strangers what an account has. */
  readonly accountId?: AccountId | undefined
}

/** Gathers the situation and asks the one function that decides. */
export async function offerWays(deps: OfferWaysDeps, input: OfferInput): Promise<readonly Way[]> {
  const health = deps.health.health(input.clientNetwork)
  const providers = (await deps.read.providers.list()).filter(signsIn)
  const lastWay = input.knownToken ? await lastWayHere(deps, input.knownToken) : undefined
  return waysIn({
    networks: providers.map((provider) => toNetwork(deps, provider)),
    health,
    account: input.accountId ? await waysOfAccount(deps, input.accountId) : undefined,
    lastWay,
    failed: input.failed,
    offered,
  })
}

/** A network as a page shows it and its script looks for it. */
export function toNetwork({ providerClient }: Pick<OfferWaysDeps, 'providerClient'>, provider: Provider): Network {
  const { id, name, logo } = provider
  return { id, name, logo, origin: providerClient.origin(provider) }
}

async function lastWayHere(deps: OfferWaysDeps, knownToken: string): Promise<string | undefined> {
  const known = await deps.read.knownBrowsers.list(deps.secrets.hash('known-browser', knownToken), deps.clock.now())
  return known[0]?.lastWay
}

async function waysOfAccount(deps: OfferWaysDeps, accountId: AccountId): Promise<AccountWays> {
  const [password, networks, identifiers] = await Promise.all([
    deps.read.passwords.find(accountId),
    deps.read.federatedIdentifiers.listOfAccount(accountId),
    deps.read.identifiers.listOfAccount(accountId),
  ])
  return {
    password: !password ? 'not-set' : password.disabledAt === null ? 'set' : 'disabled',
    networkIds: networks.filter((network) => network.quarantinedAt === null).map((network) => network.providerId),
    email: proved(identifiers).some((identifier) => identifier.kind === 'email'),
  }
}
