import type { Clock } from '#kernel/clock.ts'
import { type AccountId, newId } from '#kernel/id.ts'
import type { Random } from '#kernel/random.ts'
import type { AuditStore } from './audit.store.ts'
import type { AuditEntry, AuditEvent } from './audit.ts'

export type RecordDeps = { readonly clock: Clock; readonly random: Random }

export type AuditInput = {
  readonly event: AuditEvent
  readonly accountId?: AccountId | undefined
  readonly clientNetwork?: string
  readonly details?: AuditEntry['details']
}

/** Writes down what happened, in the transaction that did it. */
export async function record(deps: RecordDeps, audit: AuditStore, happening: AuditInput): Promise<void> {
  await audit.insert({
    id: newId(deps.random),
    at: deps.clock.now(),
    event: happening.event,
    accountId: happening.accountId ?? null,
    clientNetwork: happening.clientNetwork ?? null,
    details: happening.details ?? {},
  })
}
