import { commonPasswords } from './common-passwords.ts'
import type { Hasher } from './hasher.ts'
import { checkNewPassword, normalizePassword } from './password-policy.ts'

/**
 * Checks a new password against the policy and hashes it; the caller writes the hash in its own transaction.
 * @param context words that an attacker would try first for this person: name, address
 * @throws Problem
 */
export async function preparePassword(
  deps: { readonly hasher: Hasher },
  typed: string,
  context: readonly string[],
): Promise<string> {
  const password = normalizePassword(typed)
  const parts = context.flatMap((text) => [text, ...text.split(/[\s@.+_-]+/)])
  checkNewPassword(password, ['einlass', ...parts], await commonPasswords())
  return deps.hasher.hash(password)
}
