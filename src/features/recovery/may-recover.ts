import { type AccountIdentifier, type IdentifierStore, proved } from '#features/account/index.ts'
import type { PasswordStore } from '#features/password/index.ts'

/**
 * Whether a mail to this address may open the profile it stands at. One that is only claimed, by a network or by a slip
 * of a finger, opens a profile about which nothing else is proved, and no other one (RST-14).
 */
export async function mayRecover(
  stores: { readonly identifiers: IdentifierStore; readonly passwords: PasswordStore },
  { accountId, provedAt }: AccountIdentifier,
): Promise<boolean> {
  if (provedAt !== null) return true
  if (await stores.passwords.find(accountId)) return false
  return proved(await stores.identifiers.listOfAccount(accountId)).length === 0
}
