import type { AccountStore } from './account.store.ts'
import type { Account } from './account.ts'
import type { IdentifierStore } from './identifier.store.ts'
import { parseIdentifier } from './identifier.ts'

/** The account with the given proved address or phone number. */
export async function findAccount(
  read: { readonly accounts: AccountStore; readonly identifiers: IdentifierStore },
  text: string,
): Promise<Account | undefined> {
  const identifier = await parseIdentifier(text)
  const proved = identifier && (await read.identifiers.findProved(identifier))
  return proved && read.accounts.find(proved.accountId)
}
