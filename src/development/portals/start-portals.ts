import { startServer } from '../networks/web/index.ts'
import { createPortal, type PortalSettings } from './portal.ts'

export type PortalsSettings = {
  /** Where Einlass is; it need not be up yet. */
  readonly issuer: string
  readonly portals: readonly PortalSettings[]
}

export type RunningPortals = {
  /** Where each portal is. */
  readonly urls: Readonly<Record<string, string>>
  readonly close: () => Promise<void>
}

/** Starts the sample portals, each with a listener of its own. */
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
