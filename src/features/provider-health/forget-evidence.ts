import type { InTransaction } from '#database/open.ts'
import type { Clock } from '#kernel/clock.ts'
import type { EvidenceStore } from './evidence.store.ts'
import type { IncidentStore } from './incident.store.ts'

export type ForgetEvidenceDeps = {
  readonly clock: Clock
  readonly inTransaction: InTransaction<{ readonly evidence: EvidenceStore; readonly incidents: IncidentStore }>
}

/** Discards the evidence of a provider and ends its incidents, for instance because it was replaced. */
export async function forgetEvidence({ clock, inTransaction }: ForgetEvidenceDeps, providerId: string): Promise<void> {
  await inTransaction(async ({ evidence, incidents }) => {
    await evidence.deleteOfProvider(providerId)
    await incidents.endAllOf(providerId, clock.now())
  })
}
