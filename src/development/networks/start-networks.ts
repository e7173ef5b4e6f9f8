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
  /** Where each network is. */
  readonly urls: Readonly<Record<string, string>>
  /** Where `GET /networks` and `POST /networks/<id>` are. */
  readonly controlUrl: string
  readonly close: () => Promise<void>
}

/** Starts the simulated networks, each with a listener of its own, and the listener that controls them. */
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
