import type { InTransaction } from '#database/open.ts'
import { type AccountStore, maySignIn } from '#features/account/index.ts'
import { type AuditStore, type RecordDeps, record } from '#features/audit/index.ts'
import {
  type MailedLink,
  type MailedLinkStore,
  type ReadLink,
  type ReadLinkDeps,
  readLink,
} from '#features/mailed-link/index.ts'
import type { Provider, ProviderStore } from '#features/provider/index.ts'
import type { AccountId } from '#kernel/id.ts'
import type { FederatedIdentifierStore } from './federated-identifier.store.ts'
import { networkLinkProblem } from './network-link-problem.ts'

type Stores = {
  readonly accounts: AccountStore
  readonly audit: AuditStore
  readonly federatedIdentifiers: FederatedIdentifierStore
  readonly mailedLinks: MailedLinkStore
}

export type ConfirmNetworkDeps = RecordDeps &
  Omit<ReadLinkDeps, 'read'> & {
    readonly read: ReadLinkDeps['read'] & { readonly providers: ProviderStore }
    readonly inTransaction: InTransaction<Stores>
  }

export type NetworkToConfirm =
  | { readonly state: 'valid'; readonly link: MailedLink; readonly provider: Provider }
  | { readonly state: Exclude<ReadLink['state'], 'valid'> }

/** The network that a mailed link would confirm. Changes nothing. */
export async function networkToConfirm(deps: ConfirmNetworkDeps, token: string | undefined): Promise<NetworkToConfirm> {
  const lookup = await readLink(deps, token, ['confirm-network'])
  if (lookup.state !== 'valid') return { state: lookup.state }
  const provider = await deps.read.providers.find(lookup.link.details.providerId ?? '')
  return provider ? { state: 'valid', link: lookup.link, provider } : { state: 'unknown' }
}

/**
 * Consumes the link and lifts the network's quarantine. Does not sign in.
 * @returns the network, and where to continue
 * @throws Problem `network-link.mail-not-valid`
 */
export async function confirmNetwork(
  deps: ConfirmNetworkDeps,
  input: { readonly token: string; readonly clientNetwork: string },
): Promise<{ readonly provider: Provider; readonly continueTo: string | undefined }> {
  const lookup = await networkToConfirm(deps, input.token)
  if (lookup.state !== 'valid') throw networkLinkProblem('network-link.mail-not-valid')
  const { link, provider } = lookup
  await deps.inTransaction(async (stores) => {
    const accountId = link.accountId as AccountId
    const account = await stores.accounts.lock(accountId)
    if (!(await stores.mailedLinks.consume(link.id, deps.clock.now())))
      throw networkLinkProblem('network-link.mail-not-valid')
    maySignIn(account)
    const lifted = await stores.federatedIdentifiers.liftQuarantine(accountId, provider.id, link.details.subject ?? '')
    if (!lifted) throw networkLinkProblem('network-link.mail-not-valid')
    const { clientNetwork } = input
    const details = { provider: provider.id }
    await record(deps, stores.audit, { event: 'federation.quarantine-lifted', accountId, clientNetwork, details })
  })
  return { provider, continueTo: link.details.continueTo }
}
