import type { Proof } from '#features/session/index.ts'
import type { Clock } from '#kernel/clock.ts'
import type { AccountId } from '#kernel/id.ts'

/** The password was right just now, or has just been set by the person (RFC 8176: `pwd`). */
export function passwordProof({ clock }: { readonly clock: Clock }, accountId: AccountId): Proof {
  return { authenticator: 'password', accountId, amr: ['pwd'], provenAt: clock.now(), userVerified: true }
}
