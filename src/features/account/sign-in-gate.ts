import { problems } from '#kernel/problem.ts'
import type { Account } from './account.ts'

const accountProblem = problems({
  'account.disabled': 'forbidden',
  'account.missing': 'forbidden',
})

/**
 * The one gate for sign-in. Everything that issues a session or a token, or redeems something issued earlier, calls it
 * with the current account.
 * @throws Problem if the account is disabled or missing
 */
export function maySignIn(account: Account | undefined): asserts account is Account {
  if (!account) throw accountProblem('account.missing')
  if (account.disabledAt !== null) throw accountProblem('account.disabled')
}
