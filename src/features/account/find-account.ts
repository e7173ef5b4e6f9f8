import type { AccountStore } from './account.store.ts'
import type { Account } from './account.ts'
import type { IdentifierStore } from './identifier.store.ts'
import { parseIdentifier } from './identifier.ts'

/** The account whose proved address or number was typed, if there is one. */
export async function findAccount(
  read: { readonly accounts: AccountStore; readonly identifiers: IdentifierStore },
  typed: string,
): Promise<Account | undefined> {
  const identifier = await parseIdentifier(typed)
  const proved = identifier && (await read.identifiers.findProved(identifier))
  return proved && read.accounts.find(proved.accountId)
}
