import type { InTransaction } from '#database/open.ts'
import { type AuditStore, type RecordDeps, record } from '#features/audit/index.ts'
import type { PortalStore } from './portal.store.ts'

/** Revokes the portal's grants and tokens. A port, because the OpenID engine is above this feature. */
export type OnPortalRemoved = (portalId: string) => Promise<void>

type Stores = { readonly audit: AuditStore; readonly onPortalRemoved: OnPortalRemoved; readonly portals: PortalStore }

/**
 * Removes a portal and all its grants, codes and tokens. A portal that is registered later under the same id must not
 * inherit them.
 * @returns whether it existed
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
