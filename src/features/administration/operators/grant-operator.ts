import type { InTransaction } from '#database/open.ts'
import { maySignIn, proved } from '#features/account/index.ts'
import { record } from '#features/audit/index.ts'
import type { AccountId } from '#kernel/id.ts'
import { type AnnounceOperatorDeps, type AnnounceOperatorStores, announceOperator } from './announce-operator.ts'
import type { OperatorStore } from './operator.store.ts'
import { operatorProblem } from './operator-problem.ts'

export type OperatorDeps = AnnounceOperatorDeps & {
  readonly inTransaction: InTransaction<AnnounceOperatorStores & { readonly operators: OperatorStore }>
}

/**
 * Makes the account an operator. Requires no operator, since it is only called from the command line.
 * @returns false if it was one already
 * @throws Problem `operator.unproved`, `account.disabled`, `account.missing`
 */
export async function grantOperator(deps: OperatorDeps, accountId: AccountId): Promise<boolean> {
  return deps.inTransaction(async (stores) => {
    maySignIn(await stores.accounts.find(accountId))
    if (proved(await stores.identifiers.listOfAccount(accountId)).length === 0) {
      throw operatorProblem('operator.unproved')
    }
    if (!(await stores.operators.insert(accountId, deps.clock.now()))) return false
    await record(deps, stores.audit, { event: 'operator.granted', accountId })
    await announceOperator(deps, stores, accountId, 'granted')
    return true
  })
}
