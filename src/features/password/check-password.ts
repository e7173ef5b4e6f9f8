import type { Proof } from '#features/session/index.ts'
import type { Clock } from '#kernel/clock.ts'
import type { AccountId } from '#kernel/id.ts'
import type { Hasher, Priority } from './hasher.ts'
import type { Password, PasswordStore } from './password.store.ts'
import { isHashable, normalizePassword } from './password-policy.ts'

export type CheckPasswordDeps = { readonly clock: Clock; readonly hasher: Hasher }

/** The outcome of the slow part, outside any transaction. */
export type CheckedPassword = {
  readonly right: boolean
  /** The hash that was compared. */
  readonly stored: string | undefined
  /** A new hash, when the stored one is outdated. */
  readonly rehashed: string | undefined
}

/**
 * Compares; takes as long for an account without a password, or none at all. A disabled password is not compared: not
 * even the time of a new hash may say that a guess was right.
 * @throws Problem `password.busy`
 */
export async function checkPassword(
  deps: CheckPasswordDeps,
  password: Password | undefined,
  typed: string,
  priority: Priority,
): Promise<CheckedPassword> {
  const normalized = normalizePassword(typed)
  const stored = password?.disabledAt === null ? password.hash : undefined
  if (!isHashable(normalized)) return { right: false, stored, rehashed: undefined }
  const verdict = await deps.hasher.verify(stored, normalized, priority)
  // Put off when there is no room for it: the password was right, and the next sign-in tries again.
  const rehashed = verdict.outdated ? await deps.hasher.hash(normalized, 'known').catch(() => undefined) : undefined
  return { right: verdict.right, stored, rehashed }
}

/** NIST SP 800-63B-4, 3.2.2: after so many failures in a row the password is disabled until it is set anew. */
const failuresAllowed = 100

export type PasswordOutcome = { readonly proof?: Proof; readonly justDisabled: boolean }

/** Writes down the outcome, in the caller's transaction, re-checking what may have changed during the slow part. */
export async function settlePassword(
  deps: CheckPasswordDeps,
  passwords: PasswordStore,
  accountId: AccountId,
  checked: CheckedPassword,
): Promise<PasswordOutcome> {
  const now = deps.clock.now()
  if (checked.right && checked.stored && (await passwords.accept(accountId, checked.stored))) {
    if (checked.rehashed) await passwords.rehash(accountId, checked.stored, checked.rehashed)
    const proof: Proof = { authenticator: 'password', accountId, amr: ['pwd'], provenAt: now, userVerified: true }
    return { proof, justDisabled: false }
  }
  const failures = await passwords.fail(accountId)
  const justDisabled = failures >= failuresAllowed && (await passwords.disable(accountId, now))
  return { justDisabled }
}
