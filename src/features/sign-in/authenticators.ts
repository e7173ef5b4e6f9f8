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

/** Where the rows read what an account has. */
export type AuthenticatorStores = {
  readonly federatedIdentifiers: FederatedIdentifierStore
  readonly identifiers: IdentifierStore
  readonly passwords: PasswordStore
  readonly providers: ProviderStore
}

/** What an account has of one kind. */
export type AccountWay = {
  readonly state: 'works' | 'not-set-up' | 'locked'
  readonly reason?: WayReason
  /** With a network, which one. */
  readonly providerId?: string
  /** See `Way`. */
  readonly dependsOn: readonly string[]
}

/** All that pages, commands and rules know of one kind of authenticator. A new one is one more row. */
export type Authenticator = {
  readonly kind: AuthenticatorKind
  /** Place among the ways in the same state, lowest first. */
  readonly order: number
  /** Where a button leads; absent where the sign-in page has a form of its own for it. */
  readonly path?: string
  /**
   * Whether a proof by it signs in without another one. A way that does not still counts as a way in, but is never
   * left as the only one.
   */
  readonly opensAlone: boolean
  /** What an account has of it, as it stands in the stores given; nothing where it has none worth a mention. */
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
    // A password is typed with an address or number, and only a proved one names the account.
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
    // With several mailboxes only what all of them hang on stops the mail.
    const [first = [], ...others] = mailboxes.map(({ canonical }) => mailboxDependsOn(canonical, networks))
    return [{ state: 'works', dependsOn: first.filter((each) => others.every((other) => other.includes(each))) }]
  },
  words: mailedLinkWords,
  guide: { path: paths.recover, words: mailedLinkGuide, steps: ['step-1', 'step-2', 'step-3', 'step-4'] },
}

/** A mailbox at gmail.com is gone when the Google account is: the two are one way. */
function mailboxDependsOn(address: string, providers: readonly Provider[]): readonly string[] {
  const domain = address.slice(address.lastIndexOf('@') + 1)
  const hosts = providers.filter((provider) => mailboxDomainsOf(provider).includes(domain))
  return [`mailbox:${address}`, ...hosts.map(({ id }) => `provider:${id}`)]
}

/** The one table: whatever lists, counts or names ways in reads it. */
export const authenticators: readonly Authenticator[] = [password, network, mailedLink]
