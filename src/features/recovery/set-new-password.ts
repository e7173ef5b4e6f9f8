import type { InTransaction } from '#database/open.ts'
import {
  type Account,
  type AccountStore,
  type IdentifierStore,
  maySignIn,
  notifyOwner,
  proved,
} from '#features/account/index.ts'
import { record } from '#features/audit/index.ts'
import {
  type MailedLink,
  type MailedLinkStore,
  noteRefusedLink,
  type ReadLinkDeps,
  readLink,
} from '#features/mailed-link/index.ts'
import type { FederatedIdentifierStore } from '#features/network-link/index.ts'
import { type Hasher, type PasswordStore, preparePassword } from '#features/password/index.ts'
import { type EndSessionsStores, endAllSessions, type KnownBrowserStore } from '#features/session/index.ts'
import type { PendingSignInStore } from '#features/sign-in/index.ts'
import { signInsByName } from '#features/sign-in/index.ts'
import { reset, type ThrottleStore } from '#features/throttle/index.ts'
import type { AccountId } from '#kernel/id.ts'
import type { EnqueueDeps, OutboxStore } from '#outbox/index.ts'
import { paths } from '#ui/paths.ts'
import { passwordChangedEmail } from './mails/password-changed.email.tsx'
import { mayRecover } from './may-recover.ts'
import { recoveryProblem } from './recovery-problem.ts'

type Stores = EndSessionsStores & {
  readonly accounts: AccountStore
  readonly federatedIdentifiers: FederatedIdentifierStore
  readonly identifiers: IdentifierStore
  readonly knownBrowsers: KnownBrowserStore
  readonly pendingSignIns: PendingSignInStore
  readonly mailedLinks: MailedLinkStore
  readonly outbox: OutboxStore
  readonly passwords: PasswordStore
  readonly throttle: ThrottleStore
}

export type SetNewPasswordDeps = EnqueueDeps &
  ReadLinkDeps & {
    readonly hasher: Hasher
    readonly inTransaction: InTransaction<Stores>
    readonly publicUrl: string
  }

export type SetNewPasswordInput = {
  readonly token: string
  readonly password: string
  readonly clientNetwork: string
}

/**
 * Consumes the link, sets the password, proves the address and ends all sessions. All in one transaction, so that only
 * the row of the link counts as proof. Does not sign in (decision D10).
 * @returns where to continue
 * @throws Problem `recovery.link-not-valid` and those of the password policy
 */
export async function setNewPassword(
  deps: SetNewPasswordDeps,
  input: SetNewPasswordInput,
): Promise<string | undefined> {
  const lookup = await readLink(deps, input.token, ['reset-password', 'first-password'])
  if (lookup.state !== 'valid' || !lookup.link.accountId) {
    await noteRefusedLink(deps, 'recovery.link-refused', lookup, input.clientNetwork)
    throw recoveryProblem('recovery.link-not-valid')
  }
  const { link } = lookup
  const hash = await preparePassword(deps, input.password, [link.canonical])
  await deps.inTransaction((stores) => applyNewPassword(deps, stores, link, hash, input.clientNetwork))
  return link.details.continueTo
}

async function applyNewPassword(
  deps: SetNewPasswordDeps,
  stores: Stores,
  link: MailedLink,
  hash: string,
  clientNetwork: string,
): Promise<void> {
  const now = deps.clock.now()
  const account = await stores.accounts.lock(link.accountId as AccountId)
  if (!(await stores.mailedLinks.consume(link.id, now))) throw recoveryProblem('recovery.link-not-valid')
  maySignIn(account)
  await proveAddress(deps, stores, account, link)
  await stores.passwords.set(account.id, hash, now)
  await stores.mailedLinks.supersedeOfAccount(account.id, now)
  await stores.knownBrowsers.deleteOfAccount(account.id)
  await stores.pendingSignIns.deleteOfAccount(account.id)
  await endAllSessions(deps, stores, account.id)
  await reset(deps, stores.throttle, signInsByName, link.canonical)
  await record(deps, stores.audit, { event: 'password.changed', accountId: account.id, clientNetwork })
  const recoverUrl = deps.publicUrl + paths.recover
  await notifyOwner(deps, stores, account.id, (locale, at) => passwordChangedEmail({ locale, at, link: recoverUrl }))
}

/**
 * Marks the address as proved. If the profile had no proved identifier before, anybody may have created it: its networks
 * are quarantined until they are confirmed through this address (decision D3).
 */
async function proveAddress(
  deps: SetNewPasswordDeps,
  stores: Stores,
  account: Account,
  link: MailedLink,
): Promise<void> {
  const now = deps.clock.now()
  const identifiers = await stores.identifiers.listOfAccount(account.id)
  const row = identifiers.find((identifier) => identifier.canonical === link.canonical && identifier.kind === 'email')
  if (!row || !(await mayRecover(stores, row))) throw recoveryProblem('recovery.link-not-valid')
  if (proved(identifiers).length === 0) await stores.federatedIdentifiers.quarantineOfAccount(account.id, now)
  // Another account may have proved the address in the meantime, which deletes the claim.
  if (!(await stores.identifiers.prove(account.id, row, now))) throw recoveryProblem('recovery.link-not-valid')
  await stores.identifiers.deleteClaims(row, account.id)
}
