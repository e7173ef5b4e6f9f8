import type { Proof } from '#features/session/index.ts'
import type { Clock } from '#kernel/clock.ts'
import type { AccountId } from '#kernel/id.ts'
import type { Hasher, Priority } from './hasher.ts'
import type { Password, PasswordStore } from './password.store.ts'
import { isHashable, normalizePassword } from './password-policy.ts'
import { passwordProof } from './password-proof.ts'

export type CheckPasswordDeps = { readonly clock: Clock; readonly hasher: Hasher }

/** The result of the slow comparison, made outside any transaction. */
export type CheckedPassword = {
  readonly right: boolean
  /** The stored hash that the password was compared with. */
  readonly stored: string | undefined
  /** A new hash if the stored one is outdated. */
  readonly rehashed: string | undefined
}

/**
 * Compares a password, in the same time for an account without a password and for no account. A disabled password is
 * not compared: not even the time of a rehash may reveal that a guess was right.
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
  // Skipped if the queue is full: the next sign-in tries again.
  const rehashed = verdict.outdated ? await deps.hasher.hash(normalized, 'known').catch(() => undefined) : undefined
  return { right: verdict.right, stored, rehashed }
}

/** NIST SP 800-63B-4, 3.2.2: after this many failures in a row the password is disabled until it is reset. */
const maximumFailures = 100

export type PasswordOutcome = { readonly proof?: Proof; readonly justDisabled: boolean }

/** Records the outcome in the caller's transaction, and checks again what may have changed during the comparison. */
export async function settlePassword(
  deps: CheckPasswordDeps,
  passwords: PasswordStore,
  accountId: AccountId,
  checked: CheckedPassword,
): Promise<PasswordOutcome> {
  const now = deps.clock.now()
  if (checked.right && checked.stored && (await passwords.accept(accountId, checked.stored))) {
    if (checked.rehashed) await passwords.rehash(accountId, checked.stored, checked.rehashed)
    return { proof: passwordProof(deps, accountId), justDisabled: false }
  }
  const failures = await passwords.fail(accountId)
  const justDisabled = failures >= maximumFailures && (await passwords.disable(accountId, now))
  return { justDisabled }
}
