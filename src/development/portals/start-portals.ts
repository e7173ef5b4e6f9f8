import { startServer } from '../networks/web/index.ts'
import { createPortal, type PortalSettings } from './portal.ts'

export type PortalsSettings = {
  /** The URL of Einlass, which may start later. */
  readonly issuer: string
  readonly portals: readonly PortalSettings[]
}

export type RunningPortals = {
  /** The URL of each portal. */
  readonly urls: Readonly<Record<string, string>>
  readonly close: () => Promise<void>
}

/** Starts a server for each sample portal. */
export async function startPortals({ issuer, portals }: PortalsSettings): Promise<RunningPortals> {
  const started = await Promise.all(
    portals.map(async (settings) => ({
      id: settings.id,
      server: await startServer(settings.port, (url) => createPortal(settings, issuer, url)),
    })),
  )
  return {
    urls: Object.fromEntries(started.map(({ id, server }) => [id, server.url])),
    close: async () => {
      await Promise.all(started.map(({ server }) => server.close()))
    },
  }
}
