import { problems } from '#kernel/problem.ts'
import type { Account } from './account.ts'

const accountProblem = problems({
  'account.disabled': 'forbidden',
  'account.missing': 'forbidden',
})

/**
 * The one gate. Every place that issues a session or a token asks it with the account as it is now, redemption of
 * something issued earlier included.
 * @throws Problem when nobody may be signed in to this account
 */
export function maySignIn(account: Account | undefined): asserts account is Account {
  if (!account) throw accountProblem('account.missing')
  if (account.disabledAt !== null) throw accountProblem('account.disabled')
}
