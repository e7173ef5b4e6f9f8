import type { InTransaction } from '#database/open.ts'
import { type AuditStore, type RecordDeps, record } from '#features/audit/index.ts'
import { type ThrottleDeps, type ThrottleStore, take } from '#features/throttle/index.ts'
import { disclosuresByClientNetwork, disclosuresEverywhere } from './budgets.ts'

export type Disclosure = 'guided' | 'private'

export type DisclosureDeps = RecordDeps &
  ThrottleDeps & {
    readonly disclosure: Disclosure
    readonly inTransaction: InTransaction<{ readonly audit: AuditStore; readonly throttle: ThrottleStore }>
  }

/**
 * Whether this visitor may be told that an address belongs to a profile without a password. Takes from the budgets of
 * the client network and of all; once one is spent, everybody gets the private text, and the operator an event (ENU-6).
 * A documented deviation from ASVS 6.3.8: docs/decisions/0005.
 */
export async function mayTellSocialOnly(deps: DisclosureDeps, clientNetwork: string): Promise<boolean> {
  if (deps.disclosure === 'private') return false
  return deps.inTransaction(async ({ audit, throttle }) => {
    const granted =
      (await take(deps, throttle, disclosuresByClientNetwork, clientNetwork)) &&
      (await take(deps, throttle, disclosuresEverywhere, 'all'))
    if (!granted) await record(deps, audit, { event: 'disclosure.budget-spent', clientNetwork })
    return granted
  })
}
