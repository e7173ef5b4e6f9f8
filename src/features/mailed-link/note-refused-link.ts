import type { InTransaction } from '#database/open.ts'
import { type AuditStore, type RecordDeps, record } from '#features/audit/index.ts'
import type { ReadLink } from './read-link.ts'

/**
 * Audits the use of a link that is no longer valid (ASVS 16.3.3). Unknown tokens are not audited: anybody could fill the
 * table with them.
 */
export async function noteRefusedLink(
  deps: RecordDeps & { readonly inTransaction: InTransaction<{ readonly audit: AuditStore }> },
  event: 'recovery.link-refused' | 'sign-up.link-refused',
  refused: ReadLink,
  clientNetwork: string,
): Promise<void> {
  if (refused.state === 'unknown') return
  const accountId = refused.link.accountId ?? undefined
  const details = { state: refused.state }
  await deps.inTransaction(({ audit }) => record(deps, audit, { event, accountId, clientNetwork, details }))
}
