import type { FailedNetwork } from '#features/federation/index.ts'
import { type Provider, type ProviderClient, signsIn } from '#features/provider/index.ts'
import type { HealthWatch } from '#features/provider-health/index.ts'
import type { AuthenticatorKind, KnownBrowserStore, UsedWay } from '#features/session/index.ts'
import type { Clock } from '#kernel/clock.ts'
import type { AccountId } from '#kernel/id.ts'
import type { Secrets } from '#kernel/secret.ts'
import type { AccountWay, Authenticator, AuthenticatorStores } from '../authenticators.ts'
import type { Way } from './way.ts'
import { type Network, waysIn } from './ways-in.ts'

export type WaysDeps = {
  readonly authenticators: readonly Authenticator[]
  readonly providerClient: Pick<ProviderClient, 'origin'>
  readonly health: Pick<HealthWatch, 'health'>
}

export type OfferWaysDeps = WaysDeps & {
  readonly clock: Clock
  readonly secrets: Secrets
  readonly read: AuthenticatorStores & { readonly knownBrowsers: KnownBrowserStore }
}

export type OfferInput = {
  /** Value of the cookie that marks a known browser. */
  readonly knownToken?: string | undefined
  /** A network may be in trouble for one client network only. */
  readonly clientNetwork?: string | undefined
  readonly failed?: FailedNetwork | undefined
  /** Only after a proof: otherwise the list would reveal an account's ways in to strangers. */
  readonly accountId?: AccountId | undefined
}

/** Loads the situation and decides with `waysIn`. */
export async function offerWays(deps: OfferWaysDeps, input: OfferInput): Promise<readonly Way[]> {
  const { accountId, clientNetwork, failed } = input
  return waysIn({
    authenticators: deps.authenticators,
    networks: await networksThatSignIn(deps, deps.read),
    health: deps.health.health(clientNetwork),
    account: accountId ? await accountWays(deps.authenticators, deps.read, accountId) : undefined,
    lastWay: input.knownToken ? await lastWayOfBrowser(deps, input.knownToken) : undefined,
    failed,
  })
}

/** All ways of an account as seen by these stores, for instance by a transaction that is about to change them. */
export async function waysOfAccount(
  deps: WaysDeps,
  stores: AuthenticatorStores,
  accountId: AccountId,
): Promise<readonly Way[]> {
  return waysIn({
    authenticators: deps.authenticators,
    networks: await networksThatSignIn(deps, stores),
    health: deps.health.health(),
    account: await accountWays(deps.authenticators, stores, accountId),
  })
}

/** Networks that the profile can be linked with; those that work come first. */
export function linkableNetworks(
  deps: WaysDeps,
  providers: readonly Provider[],
  { clientNetwork, failed }: Pick<OfferInput, 'clientNetwork' | 'failed'>,
): readonly Way[] {
  return waysIn({
    authenticators: deps.authenticators.filter(({ kind }) => kind === 'network'),
    networks: providers.map((provider) => toNetwork(deps, provider)),
    health: deps.health.health(clientNetwork),
    failed,
  })
}

/** A network as pages show it, with the origin that the browser checks. */
function toNetwork({ providerClient }: Pick<WaysDeps, 'providerClient'>, provider: Provider): Network {
  const { id, name, logo } = provider
  return { id, name, logo, origin: providerClient.origin(provider) }
}

async function networksThatSignIn(
  deps: WaysDeps,
  { providers }: Pick<AuthenticatorStores, 'providers'>,
): Promise<readonly Network[]> {
  return (await providers.list()).filter(signsIn).map((provider) => toNetwork(deps, provider))
}

async function accountWays(
  authenticators: readonly Authenticator[],
  stores: AuthenticatorStores,
  accountId: AccountId,
): Promise<ReadonlyMap<AuthenticatorKind, readonly AccountWay[]>> {
  const entries = authenticators.map(async (row) => [row.kind, await row.ofAccount(stores, accountId)] as const)
  return new Map(await Promise.all(entries))
}

async function lastWayOfBrowser(deps: OfferWaysDeps, knownToken: string): Promise<UsedWay | undefined> {
  const known = await deps.read.knownBrowsers.list(deps.secrets.hash('known-browser', knownToken), deps.clock.now())
  return known[0]?.lastWay
}
