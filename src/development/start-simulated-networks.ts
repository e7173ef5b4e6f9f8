import { fileURLToPath } from 'node:url'
import type { Foundation } from '#compose/index.ts'
import { callbackPath } from '#features/federation/index.ts'
import type { Provider } from '#features/provider/index.ts'
import type { NetworkId, NetworksSettings, RunningNetworks } from './networks/index.ts'
import { freePort, startProgram } from './start-program.ts'

const program = fileURLToPath(new URL('./networks/main.ts', import.meta.url))

/** Not a secret: the networks run on this machine and have no real accounts. */
const clientSecret = 'a-secret-of-the-simulation'

type Simulated = Pick<Provider, 'kind' | 'name' | 'logo'> & {
  readonly id: NetworkId
  readonly offset: number
  readonly settings: (url: string) => Provider['settings']
}

const simulated: readonly Simulated[] = [
  {
    id: 'sim-google',
    kind: 'oidc',
    name: 'Sim Google',
    logo: 'sim-google',
    offset: 2,
    settings: () => ({
      scopes: ['openid', 'email', 'profile'],
      trust: { kind: 'google' },
      mailboxDomains: ['gmail.com', 'googlemail.com'],
    }),
  },
  {
    id: 'sim-x',
    kind: 'oauth2',
    name: 'Sim X',
    logo: 'sim-x',
    offset: 3,
    settings: (url) => ({
      scopes: ['users.read', 'tweet.read', 'users.email'],
      trust: { kind: 'confirmed' },
      endpoints: {
        authorization: `${url}/i/oauth2/authorize`,
        token: `${url}/2/oauth2/token`,
        user: `${url}/2/users/me?user.fields=confirmed_email`,
      },
      mapping: { subject: 'data.id', name: 'data.name', email: 'data.confirmed_email' },
      clientAuthentication: 'client_secret_basic',
    }),
  },
]

type Running = Pick<RunningNetworks, 'urls' | 'controlUrl'>

/** The settings of the networks, with our client registration. */
export function networksSettings(publicUrl: string, port: (offset: number) => number): NetworksSettings {
  return {
    controlPort: port(1),
    networks: simulated.map(({ id, offset }) => ({
      id,
      port: port(offset),
      clientId: 'einlass',
      clientSecret,
      redirectUris: [publicUrl + callbackPath(id)],
    })),
  }
}

/** Registers the networks as providers with their current ports. Links to them are kept. */
export async function registerNetworks({ database, clock, secrets }: Foundation, urls: Running['urls']): Promise<void> {
  await database.inTransaction(async ({ providers }) => {
    for (const { id, kind, name, logo, settings } of simulated) {
      const issuer = urls[id] ?? ''
      await providers.delete(id)
      await providers.insert({
        id,
        kind,
        name,
        logo,
        issuer,
        clientId: 'einlass',
        clientSecret: secrets.encrypt('provider-secret', clientSecret),
        settings: settings(issuer),
        enabled: true,
        createdAt: clock.now(),
        secretExpiresAt: null,
      })
    }
  })
}

export type SimulatedNetworks = {
  readonly places: readonly { readonly id: string; readonly name: string; readonly url: string }[]
  /** The control server. */
  readonly controlUrl: string
  readonly close: () => void
}

/** Starts the simulated networks and registers them. */
export async function startSimulatedNetworks(foundation: Foundation): Promise<SimulatedNetworks> {
  const { config } = foundation
  const ports = new Map<number, number>()
  for (const offset of [1, ...simulated.map((network) => network.offset)]) {
    ports.set(offset, await freePort(config.port + offset))
  }
  const settings = networksSettings(config.url.origin, (offset) => ports.get(offset) ?? 0)
  const { ready, close } = await startProgram<Running>(program, settings)
  await registerNetworks(foundation, ready.urls)
  return {
    places: simulated.map(({ id, name }) => ({ id, name, url: ready.urls[id] ?? '' })),
    controlUrl: ready.controlUrl,
    close,
  }
}
