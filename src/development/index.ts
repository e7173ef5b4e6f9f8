import { dirname, join } from 'node:path'
import type { Einlass, Extras, Foundation } from '#compose/index.ts'
import { forgetEvidence } from '#features/provider-health/index.ts'
import { paths } from '#ui/paths.ts'
import { mailboxRoutes, type Places, startRoute } from './development.routes.tsx'
import { openMailbox } from './mailbox.ts'
import { networksRoutes } from './networks.routes.ts'
import { startSamplePortals } from './start-sample-portals.ts'
import { startSimulatedNetworks } from './start-simulated-networks.ts'

export type Development = {
  /** Additions to the composition. */
  readonly extras: Extras
  /** Starts the simulated networks and sample portals, and adds the development routes. */
  readonly start: (einlass: Einlass) => Promise<RunningDevelopment>
}

export type RunningDevelopment = { readonly welcome: string; readonly close: () => void }

/** Everything to try Einlass with: a mailbox in place of SMTP, simulated networks and two sample portals. */
export function createDevelopment(foundation: Foundation): Development {
  const { clock, config } = foundation
  const mailbox = openMailbox(join(dirname(config.secretFile), 'mailbox.jsonl'), clock)
  return {
    extras: { transports: mailbox.transports },
    start: async ({ app, providerClient: client, health, pages }) => {
      const networks = await startSimulatedNetworks(foundation)
      const portals = await startSamplePortals(foundation)
      const places = { url: config.url.origin, portals: portals.places, networks: networks.places }
      mailboxRoutes(app, pages, mailbox)
      startRoute(app, pages, places)
      await networksRoutes(app, {
        url: places.url,
        controlUrl: networks.controlUrl,
        // Discard the health evidence, so that a change takes effect at once.
        onChange: async (id) => {
          client.forget()
          await health.settle()
          await forgetEvidence({ clock, inTransaction: foundation.database.inTransaction }, id)
          await health.settle()
        },
      })
      return {
        welcome: welcome(places),
        close: () => {
          portals.close()
          networks.close()
        },
      }
    },
  }
}

function welcome({ url, portals, networks }: Places): string {
  const lines = [
    ['Start here', url],
    ...portals.map((portal) => [portal.name, portal.url]),
    ...networks.map((network) => [network.name, network.url]),
    ['Mailbox', url + paths.devMailbox],
  ]
  return [
    'Einlass is running in development mode.',
    '',
    ...lines.map(([name = '', at]) => `  ${name.padEnd(12)} ${at}`),
  ].join('\n')
}
