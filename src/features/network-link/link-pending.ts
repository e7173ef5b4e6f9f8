import type { Browser } from '#features/session/index.ts'
import type { AccountId } from '#kernel/id.ts'
import type { AnnounceNetworkDeps } from './announce-network.ts'
import type { LinkIdentityStores } from './link-identity.ts'
import { linkIdentity } from './link-identity.ts'
import type { PendingLinkStore } from './pending-link.store.ts'

export type LinkPendingStores = LinkIdentityStores & { readonly pendingLinks: PendingLinkStore }

/**
 * Links what this browser has waiting for the account that it has just signed in to, in the transaction of the sign-in.
 * What waits for another account is dropped: whoever signed in is not who it waits for.
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
