import { type AccountIdentifier, type IdentifierStore, proved } from '#features/account/index.ts'
import type { PasswordStore } from '#features/password/index.ts'

/**
 * Whether a mail to this address may recover its profile. An address that is only claimed, by a network or by a typing
 * error, may do so only if nothing else of the profile is proved (RST-14).
 */
export async function mayRecover(
  stores: { readonly identifiers: IdentifierStore; readonly passwords: PasswordStore },
  { accountId, provedAt }: AccountIdentifier,
): Promise<boolean> {
  if (provedAt !== null) return true
  if (await stores.passwords.find(accountId)) return false
  return proved(await stores.identifiers.listOfAccount(accountId)).length === 0
}
