import { UniqueConflict } from '#database/constraint.ts'
import type { InTransaction } from '#database/open.ts'
import { type Account, createAccount, type IdentifierStore, primaryEmail } from '#features/account/index.ts'
import type { AttemptStore, Failure, Identified } from '#features/federation/index.ts'
import { issueLink, type MailedLinkStore, mailsToAddress } from '#features/mailed-link/index.ts'
import type { FederatedIdentifier } from '#features/network-link/index.ts'
import { confirmLink, confirmNetworkEmail, networkProof, pendingLinkLifetime } from '#features/network-link/index.ts'
import { signsIn } from '#features/provider/index.ts'
import type { Browser } from '#features/session/index.ts'
import { type ThrottleStore, take } from '#features/throttle/index.ts'
import { type AccountId, newId } from '#kernel/id.ts'
import type { Locale } from '#kernel/locale.ts'
import { type FinishedSignIn, type FinishSignInDeps, type FinishSignInStores, finishSignIn } from './finish-sign-in.ts'

type Stores = FinishSignInStores & {
  readonly attempts: AttemptStore
  readonly identifiers: IdentifierStore
  readonly mailedLinks: MailedLinkStore
  readonly throttle: ThrottleStore
}

export type SignInWithNetworkDeps = FinishSignInDeps & { readonly inTransaction: InTransaction<Stores> }

export type SignInWithNetworkInput = Identified & {
  readonly browser: Browser
  readonly locale: Locale
}

/** `disabled` refers to the network. */
export type NetworkSignInFailure = Extract<Failure, 'disabled' | 'account-disabled' | 'account-needs-proof'>

export type SignedInWithNetwork =
  | FinishedSignIn
  /** The address belongs to an account. The person must sign in to it before this identity is linked. */
  | { readonly next: 'link-proof'; readonly accountId: AccountId; readonly identifier: string }
  | { readonly next: 'failed'; readonly failure: NetworkSignInFailure }

/**
 * Signs in a person identified by a network. The identity alone determines the account, never the address. The address
 * only determines whether a new account may be created with it.
 */
export async function signInWithNetwork(
  deps: SignInWithNetworkDeps,
  input: SignInWithNetworkInput,
): Promise<SignedInWithNetwork> {
  const attempt = () => deps.inTransaction((stores) => settle(deps, stores, input))
  try {
    return await attempt()
  } catch (error) {
    // Lost a race against a sign-in with the same address or identity. The second attempt finds its account.
    if (error instanceof UniqueConflict) return attempt()
    throw error
  }
}

async function settle(
  deps: SignInWithNetworkDeps,
  stores: Stores,
  input: SignInWithNetworkInput,
): Promise<SignedInWithNetwork> {
  const outcome = await decide(deps, stores, input)
  await stores.attempts.settle(input.attempt.stateHash, outcome.next === 'failed' ? outcome.failure : outcome.next)
  return outcome
}

async function decide(
  deps: SignInWithNetworkDeps,
  stores: Stores,
  input: SignInWithNetworkInput,
): Promise<SignedInWithNetwork> {
  const { identity } = input
  // Re-checked in the transaction: the network may have been switched off during the requests to it.
  const provider = await stores.providers.find(identity.providerId)
  if (!provider || !signsIn(provider)) return failed('disabled')
  const linked = await stores.federatedIdentifiers.find(identity.providerId, identity.subject)
  if (linked) {
    const account = await stores.accounts.lock(linked.accountId)
    // Read again under the lock: a recovery may have quarantined the identity in the meantime.
    const current = await stores.federatedIdentifiers.find(identity.providerId, identity.subject)
    if (current?.accountId !== linked.accountId) throw new UniqueConflict(identity.subject)
    if (account?.disabledAt !== null) return failed('account-disabled')
    if (current.quarantinedAt !== null) return askOwnerToConfirm(deps, stores, input, current, account)
    await stores.federatedIdentifiers.touch(identity.providerId, identity.subject, deps.clock.now())
    return signIn(deps, stores, input, current.accountId)
  }
  const trusted = identity.address?.trusted ? identity.address.email : undefined
  const owner = trusted && (await stores.identifiers.findProved(trusted))
  if (owner) return requireLinkProof(deps, stores, input, owner.accountId, owner.display)
  return signIn(deps, stores, input, await signUpWithNetwork(deps, stores, input))
}

function failed(failure: NetworkSignInFailure): SignedInWithNetwork {
  return { next: 'failed', failure }
}

async function signIn(
  deps: SignInWithNetworkDeps,
  stores: Stores,
  { attempt, identity, browser }: SignInWithNetworkInput,
  accountId: AccountId,
): Promise<SignedInWithNetwork> {
  const { continueTo } = attempt
  return finishSignIn(deps, stores, networkProof(deps, identity, accountId), { browser, continueTo })
}

async function signUpWithNetwork(
  deps: SignInWithNetworkDeps,
  stores: Stores,
  { identity, locale, browser: { clientNetwork } }: SignInWithNetworkInput,
): Promise<AccountId> {
  const { providerId, subject, name, address } = identity
  const now = deps.clock.now()
  const accountId = await createAccount(deps, stores, {
    name,
    locale,
    identifier: address && { value: address.email, isProved: address.trusted },
    clientNetwork,
    details: { authenticator: 'network', provider: providerId },
  })
  const link = { providerId, subject, accountId, linkedAt: now, lastUsedAt: now, quarantinedAt: null }
  if (!(await stores.federatedIdentifiers.insertIfFree(link))) throw new UniqueConflict(subject)
  return accountId
}

/** Accounts are never merged by address: the identity stays pending until this browser signs in to the account. */
async function requireLinkProof(
  deps: SignInWithNetworkDeps,
  stores: Stores,
  { attempt, identity }: SignInWithNetworkInput,
  accountId: AccountId,
  identifier: string,
): Promise<SignedInWithNetwork> {
  const createdAt = deps.clock.now()
  await stores.pendingLinks.insert({
    id: newId(deps.random),
    browserHash: attempt.browserHash,
    accountId,
    providerId: identity.providerId,
    subject: identity.subject,
    createdAt,
    expiresAt: createdAt + pendingLinkLifetime,
  })
  return { next: 'link-proof', accountId, identifier }
}

/** Asks by mail, since the identity may have been linked by someone else than the address's owner (decision D3). */
async function askOwnerToConfirm(
  deps: SignInWithNetworkDeps,
  stores: Stores,
  { attempt, provider }: SignInWithNetworkInput,
  { accountId, providerId, subject }: FederatedIdentifier,
  { locale }: Account,
): Promise<SignedInWithNetwork> {
  const owner = primaryEmail(await stores.identifiers.listOfAccount(accountId))
  if (owner && (await take(deps, stores.throttle, mailsToAddress, owner.canonical))) {
    await issueLink(deps, stores, {
      purpose: 'confirm-network',
      accountId,
      canonical: owner.canonical,
      display: owner.display,
      details: { providerId, subject, continueTo: attempt.continueTo },
      supersedes: ['confirm-network'],
      write: (token, hours) => {
        const link = deps.publicUrl + confirmLink(token)
        return confirmNetworkEmail({ locale, link, hours, network: provider.name })
      },
    })
  }
  return failed('account-needs-proof')
}
