import { control } from './control.ts'
import type { NetworkId } from './network.ts'
import {
  type NetworkChange,
  type NetworkEntry,
  type NetworkSettings,
  realSurroundings,
  type Surroundings,
  startNetwork,
} from './start-network.ts'
import { startServer } from './web/index.ts'

export type NetworksSettings = { readonly networks: readonly NetworkSettings[]; readonly controlPort: number }

export type RunningNetworks = {
  readonly list: () => readonly NetworkEntry[]
  readonly set: (id: NetworkId, change: NetworkChange) => Promise<void>
  /** The URL of each network. */
  readonly urls: Readonly<Record<string, string>>
  /** The server of `GET /networks` and `POST /networks/<id>`. */
  readonly controlUrl: string
  readonly close: () => Promise<void>
}

/** Starts a server for each simulated network, and the control server. */
export async function startNetworks(
  { networks, controlPort }: NetworksSettings,
  surroundings: Surroundings = realSurroundings,
): Promise<RunningNetworks> {
  const started = await Promise.all(networks.map((settings) => startNetwork(settings, surroundings)))
  const server = await startServer(controlPort, () => control(started))
  return {
    list: () => started.map(({ entry }) => entry()),
    set: async (id, change) => {
      const network = started.find(({ entry }) => entry().id === id)
      if (!network) throw new Error(`there is no network called ${id}`)
      await network.set(change)
    },
    urls: Object.fromEntries(started.map(({ entry }) => [entry().id, entry().url])),
    controlUrl: server.url,
    close: async () => {
      await Promise.all([server, ...started].map(({ close }) => close()))
    },
  }
}
