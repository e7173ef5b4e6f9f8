import type { InTransaction } from '../../database/open.ts'
import { day } from '../../kernel/duration.ts'
import { newId } from '../../kernel/id.ts'
import type { Locale } from '../../kernel/locale.ts'
import { type EnqueueDeps, enqueue, type OutboxStore } from '../../outbox/index.ts'
import type { Mail } from '../../ui/mail-layout.tsx'
import {
  type AccountIdentifier,
  type AccountStore,
  deliverable,
  type EmailAddress,
  type Identifier,
  type IdentifierStore,
  primaryEmail,
} from '../account/index.ts'
import { type AuditStore, record } from '../audit/index.ts'
import type { FederatedIdentifierStore, ProviderStore } from '../federation/index.ts'
import { issueLink, type LinkPurpose, type MailedLinkStore } from '../mailed-link/index.ts'
import type { PasswordStore } from '../password/index.ts'
import { type ThrottleStore, take, takeOrRefuse } from '../throttle/index.ts'
import { claimedAddressEmail } from './claimed-address.email.tsx'
import { disabledAccountEmail } from './disabled-account.email.tsx'
import { firstPasswordEmail } from './first-password.email.tsx'
import { recoveryProblem } from './recovery-problem.ts'
import { resetLink } from './recovery-urls.ts'
import { resetEmail } from './reset.email.tsx'
import { unknownAddressEmail } from './unknown-address.email.tsx'

type Stores = {
  readonly accounts: AccountStore
  readonly audit: AuditStore
  readonly federatedIdentifiers: FederatedIdentifierStore
  readonly identifiers: IdentifierStore
  readonly mailedLinks: MailedLinkStore
  readonly outbox: OutboxStore
  readonly passwords: PasswordStore
  readonly providers: ProviderStore
  readonly throttle: ThrottleStore
}

export type RequestRecoveryDeps = EnqueueDeps & {
  readonly inTransaction: InTransaction<Stores>
  readonly publicUrl: string
}

export type RequestRecoveryInput = {
  readonly identifier: Identifier
  readonly continueTo: string
  readonly locale: Locale
  readonly clientNetwork: string
}

/**
 * Mails what helps the owner of the address; what that is, only the mail tells. The account itself is not touched
 * before a valid link comes back.
 * @returns the id under which the mail's fate can be asked
 * @throws Problem `recovery.too-many`
 */
export async function requestRecovery(deps: RequestRecoveryDeps, input: RequestRecoveryInput): Promise<string> {
  const { identifier, clientNetwork } = input
  return deps.inTransaction(async (stores) => {
    const refusal = (retryAfter: number) => recoveryProblem('recovery.too-many', { retryAfter })
    await takeOrRefuse(deps, stores.throttle, 'mail.network', clientNetwork, refusal)
    // Past the address's own budget the answer stays the same, and no further mail is sent.
    if (!(await take(deps, stores.throttle, 'mail.address', identifier.canonical))) return newId(deps.random)
    const owned = await ownedBy(stores, identifier)
    await record(deps, stores.audit, { event: 'recovery.requested', accountId: owned?.accountId, clientNetwork })
    if (owned) return mailOwner(deps, stores, input, owned)
    return identifier.kind === 'email' ? mailStranger(deps, stores, identifier, input.locale) : newId(deps.random)
  })
}

/** The identifier's row on its account: proved, or else the latest claim; for a number the address that we can mail. */
async function ownedBy(stores: Stores, identifier: Identifier): Promise<AccountIdentifier | undefined> {
  const proved = await stores.identifiers.findProved(identifier)
  if (identifier.kind === 'phone') {
    return proved && primaryEmail(await stores.identifiers.listOfAccount(proved.accountId))
  }
  return proved ?? (await stores.identifiers.listClaims(identifier))[0]
}

async function mailOwner(
  deps: RequestRecoveryDeps,
  stores: Stores,
  { locale, continueTo }: RequestRecoveryInput,
  owned: AccountIdentifier,
): Promise<string> {
  const { accountId, canonical, display } = owned
  const account = await stores.accounts.find(accountId)
  if (account?.disabledAt !== null) {
    return send(deps, stores, display, disabledAccountEmail({ locale, link: `${deps.publicUrl}/help/sign-in` }))
  }
  const networks = await networkNames(stores, owned)
  const purpose: LinkPurpose = (await stores.passwords.find(accountId)) ? 'reset-password' : 'first-password'
  return issueLink(deps, stores, {
    purpose,
    accountId,
    canonical,
    display,
    details: { continueTo },
    supersedes: ['reset-password', 'first-password'],
    write: (token, hours) => {
      const link = deps.publicUrl + resetLink(token)
      if (owned.provedAt === null) return claimedAddressEmail({ locale, link, network: networks.join(', ') })
      if (purpose === 'first-password') return firstPasswordEmail({ locale, link, hours, networks })
      return resetEmail({ locale, link, hours })
    },
  })
}

async function networkNames(stores: Stores, owned: AccountIdentifier): Promise<readonly string[]> {
  const linked = await stores.federatedIdentifiers.listOfAccount(owned.accountId)
  const providers = await Promise.all(linked.map(({ providerId }) => stores.providers.find(providerId)))
  return providers.flatMap((provider) => (provider ? [provider.name] : []))
}

async function mailStranger(
  deps: RequestRecoveryDeps,
  stores: Stores,
  email: EmailAddress,
  locale: Locale,
): Promise<string> {
  if (!(await take(deps, stores.throttle, 'mail.strangers', 'all'))) return newId(deps.random)
  return send(deps, stores, email.display, unknownAddressEmail({ locale, link: `${deps.publicUrl}/sign-up` }))
}

function send(deps: RequestRecoveryDeps, stores: Stores, display: string, mail: Mail): Promise<string> {
  return enqueue(deps, stores.outbox, 'email', { ...mail, to: deliverable(display) }, deps.clock.now() + day)
}
