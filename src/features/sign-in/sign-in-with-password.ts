import type { InTransaction } from '#database/open.ts'
import type { AccountIdentifier, Identifier, IdentifierStore } from '#features/account/index.ts'
import { record } from '#features/audit/index.ts'
import type { MailedLinkStore } from '#features/mailed-link/index.ts'
import type { FederatedIdentifierStore } from '#features/network-link/index.ts'
import type { OnPasswordDisabled } from '#features/password/index.ts'
import {
  type CheckedPassword,
  type CheckPasswordDeps,
  checkPassword,
  type PasswordStore,
  settlePassword,
} from '#features/password/index.ts'
import type { Browser, KnownBrowserStore } from '#features/session/index.ts'
import { reset, type ThrottleStore, takeOrRefuse } from '#features/throttle/index.ts'
import type { AccountId } from '#kernel/id.ts'
import type { OutboxStore } from '#outbox/index.ts'
import { signInsByClientNetwork, signInsByName } from './budgets.ts'
import { type DisclosureDeps, mayTellSocialOnly } from './disclosure.ts'
import { type FinishedSignIn, type FinishSignInDeps, type FinishSignInStores, finishSignIn } from './finish-sign-in.ts'
import { rethrowAsBusy, signInProblem } from './sign-in-problem.ts'

type Read = {
  readonly identifiers: IdentifierStore
  readonly knownBrowsers: KnownBrowserStore
  readonly passwords: PasswordStore
  readonly federatedIdentifiers: FederatedIdentifierStore
}

type Stores = FinishSignInStores & {
  readonly identifiers: IdentifierStore
  readonly mailedLinks: MailedLinkStore
  readonly outbox: OutboxStore
  readonly passwords: PasswordStore
  readonly throttle: ThrottleStore
}

export type SignInDeps = FinishSignInDeps &
  CheckPasswordDeps &
  Omit<DisclosureDeps, 'inTransaction'> & {
    readonly read: Read
    readonly inTransaction: InTransaction<Stores>
    readonly onPasswordDisabled: OnPasswordDisabled
  }

export type SignInInput = {
  readonly identifier: Identifier
  readonly password: string
  readonly browser: Browser
  readonly continueTo: string
}

export type SignedIn =
  | FinishedSignIn
  /** The address belongs to a profile without a password, and this visitor may learn that. */
  | { readonly next: 'social-only' }

/** Queried for unknown names, so that they take the same time as known ones (ENU-2). */
const noAccount = '' as AccountId

/**
 * Signs in with an identifier and a password. Every failure does the same work and gives the same refusal, except for
 * the guided answer for a profile without a password.
 * @throws Problem `sign-in.not-right`, `sign-in.too-many`, `sign-in.busy`
 */
export async function signInWithPassword(deps: SignInDeps, input: SignInInput): Promise<SignedIn> {
  const { identifier, browser } = input
  const owner = await deps.read.identifiers.findProved(identifier)
  const known = await isKnownBrowser(deps, owner, browser)
  const budgetKey = known ? `${identifier.canonical} ${browser.knownToken}` : identifier.canonical
  await takeFromBudgets(deps, budgetKey, known ? undefined : browser.clientNetwork)
  const password = await deps.read.passwords.find(owner?.accountId ?? noAccount)
  const checked = await checkPassword(deps, password, input.password, known ? 'known' : 'stranger').catch(rethrowAsBusy)
  const finished = await settle(deps, input, owner, checked, budgetKey)
  if (finished) return finished
  if (owner && !password && (await mayDisclose(deps, owner, browser))) return { next: 'social-only' }
  throw signInProblem('sign-in.not-right')
}

async function isKnownBrowser(
  deps: SignInDeps,
  owner: AccountIdentifier | undefined,
  browser: Browser,
): Promise<boolean> {
  if (!browser.knownToken) return false
  const hash = deps.secrets.hash('known-browser', browser.knownToken)
  const accounts = await deps.read.knownBrowsers.list(hash, deps.clock.now())
  return accounts.some((entry) => entry.accountId === owner?.accountId)
}

// A browser known to the account has a budget of its own, so that strangers who exhaust the budget of the name or of a
// shared client network do not lock it out (D8).
async function takeFromBudgets(deps: SignInDeps, budgetKey: string, clientNetwork: string | undefined): Promise<void> {
  const refusal = (retryAfter: number) => signInProblem('sign-in.too-many', { retryAfter })
  await deps.inTransaction(async ({ throttle }) => {
    if (clientNetwork) await takeOrRefuse(deps, throttle, signInsByClientNetwork, clientNetwork, refusal)
    await takeOrRefuse(deps, throttle, signInsByName, budgetKey, refusal)
  })
}

/** Re-checks, in one transaction, what may have changed while the password was hashed, and writes the outcome. */
async function settle(
  deps: SignInDeps,
  { browser, continueTo }: SignInInput,
  owner: AccountIdentifier | undefined,
  checked: CheckedPassword,
  budgetKey: string,
): Promise<FinishedSignIn | undefined> {
  return deps.inTransaction(async (stores) => {
    const accountId = owner?.accountId ?? noAccount
    const account = await stores.accounts.lock(accountId)
    const outcome = await settlePassword(deps, stores.passwords, accountId, checked)
    if (outcome.proof && account?.disabledAt === null) {
      await reset(deps, stores.throttle, signInsByName, budgetKey)
      return finishSignIn(deps, stores, outcome.proof, { browser, continueTo })
    }
    if (outcome.justDisabled) await deps.onPasswordDisabled(stores, accountId)
    await record(deps, stores.audit, {
      event: 'sign-in.failed',
      accountId: owner?.accountId,
      clientNetwork: browser.clientNetwork,
      details: { authenticator: 'password' },
    })
    return undefined
  })
}

async function mayDisclose(deps: SignInDeps, { accountId }: AccountIdentifier, { clientNetwork }: Browser) {
  if (deps.disclosure === 'private') return false
  const networks = await deps.read.federatedIdentifiers.listOfAccount(accountId)
  return networks.length > 0 && mayTellSocialOnly(deps, clientNetwork)
}
