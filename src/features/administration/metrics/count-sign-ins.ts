import type { InTransaction } from '#database/open.ts'
import type { AuditEntry, AuditStore } from '#features/audit/index.ts'
import type { Counters } from '#metrics/index.ts'
import { labelsOf, signInAttemptOf, signInAttempts } from './sign-in-attempt.ts'

/**
 * Counts sign-in attempts from the audit entries that a transaction writes. Only committed entries count, and only once
 * if the transaction was retried.
 */
export function countSignIns<Stores extends { readonly audit: AuditStore }>(
  inTransaction: InTransaction<Stores>,
  counters: Counters,
): InTransaction<Stores> {
  return async (work) => {
    let entries: AuditEntry[] = []
    const result = await inTransaction((stores) => {
      entries = []
      const insert = (entry: AuditEntry) => {
        entries.push(entry)
        return stores.audit.insert(entry)
      }
      return work({ ...stores, audit: { ...stores.audit, insert } })
    })
    for (const attempt of entries.map(signInAttemptOf)) {
      if (attempt) counters.count(signInAttempts, labelsOf(attempt))
    }
    return result
  }
}
