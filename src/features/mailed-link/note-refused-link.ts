import type { InTransaction } from '#database/open.ts'
import { type AuditStore, type RecordDeps, record } from '#features/audit/index.ts'
import type { ReadLink } from './read-link.ts'

/**
 * Writes down that somebody wanted to use a link that was good once (ASVS 16.3.3). What never was a link is not worth a
 * row: anybody could make as many as they like.
 */
export async function noteRefusedLink(
  deps: RecordDeps & { readonly inTransaction: InTransaction<{ readonly audit: AuditStore }> },
  event: 'recovery.link-refused' | 'sign-up.link-refused',
  found: ReadLink,
  clientNetwork: string,
): Promise<void> {
  if (found.state === 'unknown') return
  const accountId = found.link.accountId ?? undefined
  const details = { state: found.state }
  await deps.inTransaction(({ audit }) => record(deps, audit, { event, accountId, clientNetwork, details }))
}
