import type { Browser } from '#features/session/index.ts'
import type { AccountId } from '#kernel/id.ts'
import type { AnnounceNetworkDeps } from './announce-network.ts'
import type { LinkIdentityStores } from './link-identity.ts'
import { linkIdentity } from './link-identity.ts'
import type { PendingLinkStore } from './pending-link.store.ts'

export type LinkPendingStores = LinkIdentityStores & { readonly pendingLinks: PendingLinkStore }

/**
 * Links this browser's pending identity to the account that is signing in, in the transaction of the sign-in. An identity
 * pending for another account is dropped.
 */
export async function linkPending(
  deps: AnnounceNetworkDeps,
  stores: LinkPendingStores,
  accountId: AccountId,
  browser: Browser,
): Promise<void> {
  if (!browser.browserHash) return
  const pending = await stores.pendingLinks.consume(browser.browserHash, deps.clock.now())
  if (pending?.accountId === accountId) await linkIdentity(deps, stores, accountId, pending)
}
