import { record } from '#features/audit/index.ts'
import type { AccountId } from '#kernel/id.ts'
import { announceOperator } from './announce-operator.ts'
import type { OperatorDeps } from './grant-operator.ts'
import { operatorProblem } from './operator-problem.ts'

/**
 * Revokes access to the console. Refused for the last operator who can sign in, since that would be a mistake; to lock
 * that account out at once, disable it.
 * @throws Problem `operator.not-one`, `operator.last`
 */
export async function revokeOperator(deps: OperatorDeps, accountId: AccountId): Promise<void> {
  await deps.inTransaction(async (stores) => {
    await stores.operators.lockAll()
    const operators = await stores.operators.list()
    const operator = operators.find((each) => each.accountId === accountId)
    if (!operator) throw operatorProblem('operator.not-one')
    const others = operators.filter((each) => each !== operator && !each.disabled)
    if (!operator.disabled && others.length === 0) throw operatorProblem('operator.last')
    await stores.operators.delete(accountId)
    await record(deps, stores.audit, { event: 'operator.revoked', accountId })
    await announceOperator(deps, stores, accountId, 'revoked')
  })
}
