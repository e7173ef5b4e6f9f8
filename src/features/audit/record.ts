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

/** Writes an audit entry. Call it in the transaction that causes the event. */
export async function record(deps: RecordDeps, audit: AuditStore, input: AuditInput): Promise<void> {
  await audit.insert({
    id: newId(deps.random),
    at: deps.clock.now(),
    event: input.event,
    accountId: input.accountId ?? null,
    clientNetwork: input.clientNetwork ?? null,
    details: input.details ?? {},
  })
}
