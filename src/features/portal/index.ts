export { mayOpen, type Portal, type PortalAccess } from './portal.ts'
export { type PortalStore, portalStore } from './portal.store.ts'
