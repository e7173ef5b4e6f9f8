import { UniqueConflict } from '#database/constraint.ts'
import type { InTransaction } from '#database/open.ts'
import { type Account, createAccount, type IdentifierStore, primaryEmail } from '#features/account/index.ts'
import type { AttemptStore, Failure, Identified } from '#features/federation/index.ts'
import { issueLink, type MailedLinkStore, mailsToAddress } from '#features/mailed-link/index.ts'
import type { FederatedIdentifier } from '#features/network-link/index.ts'
import { confirmLink, confirmNetworkEmail, pendingLinkLifetime } from '#features/network-link/index.ts'
import { type FederatedIdentity, signsIn } from '#features/provider/index.ts'
import type { Browser, Proof } from '#features/session/index.ts'
import { type ThrottleStore, take } from '#features/throttle/index.ts'
import type { Clock } from '#kernel/clock.ts'
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

/** `disabled` is the network. */
export type NetworkSignInFailure = Extract<Failure, 'disabled' | 'account-disabled' | 'account-needs-proof'>

export type SignedInWithNetwork =
  | FinishedSignIn
  /** The address has an account: it must be proved before this identity is linked to it. */
  | { readonly next: 'link-proof'; readonly accountId: AccountId; readonly identifier: string }
  | { readonly next: 'failed'; readonly failure: NetworkSignInFailure }

/**
 * Signs in whom a network named. The identity alone decides which account that is; the address decides nothing but
 * whether a new account may have it.
 */
export async function signInWithNetwork(
  deps: SignInWithNetworkDeps,
  input: SignInWithNetworkInput,
): Promise<SignedInWithNetwork> {
  const attempt = () => deps.inTransaction((stores) => settle(deps, stores, input))
  try {
    return await attempt()
  } catch (error) {
    // Somebody with the same address or the same identity was quicker: now they are found.
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
  // Asked again in the transaction: it may have been switched off while the network was speaking.
  const provider = await stores.providers.find(identity.providerId)
  if (!provider || !signsIn(provider)) return failed('disabled')
  const found = await stores.federatedIdentifiers.find(identity.providerId, identity.subject)
  if (found) {
    const account = await stores.accounts.lock(found.accountId)
    // Read again: until the account was held, a recovery may have put the identity into quarantine.
    const known = await stores.federatedIdentifiers.find(identity.providerId, identity.subject)
    if (known?.accountId !== found.accountId) throw new UniqueConflict(identity.subject)
    if (account?.disabledAt !== null) return failed('account-disabled')
    if (known.quarantinedAt !== null) return askOwner(deps, stores, input, known, account)
    await stores.federatedIdentifiers.touch(identity.providerId, identity.subject, deps.clock.now())
    return enter(deps, stores, input, known.accountId)
  }
  const trusted = identity.address?.trusted ? identity.address.email : undefined
  const owner = trusted && (await stores.identifiers.findProved(trusted))
  if (owner) return awaitProof(deps, stores, input, owner.accountId, owner.display)
  return enter(deps, stores, input, await signUpWithNetwork(deps, stores, input))
}

function failed(failure: NetworkSignInFailure): SignedInWithNetwork {
  return { next: 'failed', failure }
}

async function enter(
  deps: SignInWithNetworkDeps,
  stores: Stores,
  { attempt, identity, browser }: SignInWithNetworkInput,
  accountId: AccountId,
): Promise<SignedInWithNetwork> {
  const { continueTo } = attempt
  return finishSignIn(deps, stores, networkProof(deps, identity, accountId), { browser, continueTo })
}

/** RFC 8176 has no word for it; `fed` is what others say. How the network knew the person, it did not tell. */
export function networkProof(
  deps: { readonly clock: Clock },
  { providerId }: FederatedIdentity,
  accountId: AccountId,
): Proof {
  const provenAt = deps.clock.now()
  return { authenticator: 'network', accountId, amr: ['fed'], provenAt, userVerified: false, providerId }
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

/** Nothing is merged by an address: the identity waits in this browser until the account itself is proved there. */
async function awaitProof(
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

/** Whoever linked it may not have been the owner of the address that was proved later (decision D3): the owner decides. */
async function askOwner(
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
