import type { FederatedIdentity } from '#features/provider/index.ts'
import type { Proof } from '#features/session/index.ts'
import type { Clock } from '#kernel/clock.ts'
import type { AccountId } from '#kernel/id.ts'

/** RFC 8176 has no value for federation; `fed` is common. The network does not tell how it verified the person. */
export function networkProof(
  deps: { readonly clock: Clock },
  { providerId }: FederatedIdentity,
  accountId: AccountId,
): Proof {
  const provenAt = deps.clock.now()
  return { authenticator: 'network', accountId, amr: ['fed'], provenAt, userVerified: false, providerId }
}
