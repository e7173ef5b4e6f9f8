import { type IdentifierStore, proved } from '#features/account/index.ts'
import type { FederatedIdentifierStore } from '#features/network-link/index.ts'
import type { PasswordStore } from '#features/password/index.ts'
import { mailboxDomainsOf, type Provider, type ProviderStore } from '#features/provider/index.ts'
import type { AuthenticatorKind } from '#features/session/index.ts'
import type { AccountId } from '#kernel/id.ts'
import { paths } from '#ui/paths.ts'
import {
  mailedLinkGuide,
  mailedLinkWords,
  networkWords,
  passwordGuide,
  passwordWords,
} from './authenticator-messages.ts'
import type { Guide, WayReason, WayWords } from './ways/way.ts'

/** The stores that the rows read from. */
export type AuthenticatorStores = {
  readonly federatedIdentifiers: FederatedIdentifierStore
  readonly identifiers: IdentifierStore
  readonly passwords: PasswordStore
  readonly providers: ProviderStore
}

/** A way in of an account, of one kind of authenticator. */
export type AccountWay = {
  readonly state: 'works' | 'not-set-up' | 'locked'
  readonly reason?: WayReason
  /** Set if the authenticator is a network. */
  readonly providerId?: string
  /** See `Way`. */
  readonly dependsOn: readonly string[]
}

/** Everything that pages, commands and rules know about a kind of authenticator. A new kind is a new row. */
export type Authenticator = {
  readonly kind: AuthenticatorKind
  /** Sort key among ways in the same state, lowest first. */
  readonly order: number
  /** Target of the button; absent if the sign-in page has a form of its own. */
  readonly path?: string
  /**
   * Whether its proof alone is enough to sign in. If not, it still counts as a way in but is never left as the
   * only one.
   */
  readonly opensAlone: boolean
  /** The account's ways of this kind; empty if there is nothing to show. */
  readonly ofAccount: (stores: AuthenticatorStores, accountId: AccountId) => Promise<readonly AccountWay[]>
  readonly words: WayWords
  readonly guide?: Guide
}

const password: Authenticator = {
  kind: 'password',
  order: 1,
  opensAlone: true,
  ofAccount: async ({ passwords, identifiers }, accountId) => {
    const [password, all] = await Promise.all([passwords.find(accountId), identifiers.listOfAccount(accountId)])
    if (!password) return [{ state: 'not-set-up', reason: 'no-password-set', dependsOn: [] }]
    if (password.disabledAt !== null) return [{ state: 'locked', reason: 'password-disabled', dependsOn: [] }]
    // A password is entered with an address or phone number, and only a proved one identifies the account.
    return [{ state: proved(all).length > 0 ? 'works' : 'not-set-up', dependsOn: [] }]
  },
  words: passwordWords,
  guide: { path: paths.signIn, words: passwordGuide, steps: ['step-1', 'step-2', 'step-3'] },
}

const network: Authenticator = {
  kind: 'network',
  order: 2,
  opensAlone: true,
  ofAccount: async ({ federatedIdentifiers }, accountId) => {
    const links = await federatedIdentifiers.listOfAccount(accountId)
    const open = new Set(links.filter((link) => link.quarantinedAt === null).map((link) => link.providerId))
    return [...open].map((providerId) => ({ state: 'works', providerId, dependsOn: [`provider:${providerId}`] }))
  },
  words: networkWords,
}

const mailedLink: Authenticator = {
  kind: 'mailed-link',
  order: 3,
  path: paths.recover,
  opensAlone: false,
  ofAccount: async ({ identifiers, providers }, accountId) => {
    const [all, networks] = await Promise.all([identifiers.listOfAccount(accountId), providers.list()])
    const mailboxes = proved(all).filter(({ kind }) => kind === 'email')
    if (mailboxes.length === 0) return []
    // With several mailboxes, the way depends only on what they all share.
    const [first = [], ...others] = mailboxes.map(({ canonical }) => mailboxDependsOn(canonical, networks))
    return [{ state: 'works', dependsOn: first.filter((each) => others.every((other) => other.includes(each))) }]
  },
  words: mailedLinkWords,
  guide: { path: paths.recover, words: mailedLinkGuide, steps: ['step-1', 'step-2', 'step-3', 'step-4'] },
}

/** Losing the Google account means losing the mailbox at gmail.com: the two count as one way. */
function mailboxDependsOn(address: string, providers: readonly Provider[]): readonly string[] {
  const domain = address.slice(address.lastIndexOf('@') + 1)
  const hosts = providers.filter((provider) => mailboxDomainsOf(provider).includes(domain))
  return [`mailbox:${address}`, ...hosts.map(({ id }) => `provider:${id}`)]
}

/** The one table of authenticators. Everything that lists, counts or names ways in reads it. */
export const authenticators: readonly Authenticator[] = [password, network, mailedLink]
