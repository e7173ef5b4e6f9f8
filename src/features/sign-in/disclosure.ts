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
 * Whether this visitor may learn that an address belongs to a profile without a password. Takes from the budget of the
 * client network and from the total one. When one is exhausted, the private text is shown and an event is audited
 * (ENU-6). A documented deviation from ASVS 6.3.8: docs/decisions/0005.
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
