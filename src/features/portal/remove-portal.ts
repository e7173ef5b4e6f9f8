import type { InTransaction } from '#database/open.ts'
import { type AuditStore, type RecordDeps, record } from '#features/audit/index.ts'
import type { PortalStore } from './portal.store.ts'

/** Ends what was granted to the portal. A port: the OpenID engine that granted it is above this feature. */
export type OnPortalRemoved = (portalId: string) => Promise<void>

type Stores = { readonly audit: AuditStore; readonly onPortalRemoved: OnPortalRemoved; readonly portals: PortalStore }

/**
 * Removes a portal, with every grant, code and token of it: a portal that is added with the same id later is another
 * one, and must not inherit them.
 * @returns whether there was one
 */
export async function removePortal(
  deps: RecordDeps & { readonly inTransaction: InTransaction<Stores> },
  id: string,
): Promise<boolean> {
  return deps.inTransaction(async ({ audit, onPortalRemoved, portals }) => {
    if (!(await portals.delete(id))) return false
    await onPortalRemoved(id)
    await record(deps, audit, { event: 'portal.removed', details: { portal: id } })
    return true
  })
}
