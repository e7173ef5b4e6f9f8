export type { PortalSettings } from './portal.ts'
export { type PortalsSettings, type RunningPortals, startPortals } from './start-portals.ts'
