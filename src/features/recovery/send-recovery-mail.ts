import type { InTransaction } from '#database/open.ts'
import {
  type AccountIdentifier,
  type AccountStore,
  deliverable,
  type IdentifierStore,
  primaryEmail,
} from '#features/account/index.ts'
import { type AuditStore, record } from '#features/audit/index.ts'
import type { MailRequest } from '#features/mailed-link/index.ts'
import { issueLink, type LinkPurpose, type MailedLinkStore, mailsToStrangers } from '#features/mailed-link/index.ts'
import type { FederatedIdentifierStore } from '#features/network-link/index.ts'
import type { PasswordStore } from '#features/password/index.ts'
import type { ProviderStore } from '#features/provider/index.ts'
import { type ThrottleStore, take } from '#features/throttle/index.ts'
import {
  channel,
  type Deliver,
  type EnqueueDeps,
  email,
  type Order,
  type OutboxStore,
  replace,
  replaceWithNothing,
} from '#outbox/index.ts'
import type { Mail } from '#ui/mail-layout.tsx'
import { paths } from '#ui/paths.ts'
import { claimedAddressEmail } from './mails/claimed-address.email.tsx'
import { disabledAccountEmail } from './mails/disabled-account.email.tsx'
import { firstPasswordEmail } from './mails/first-password.email.tsx'
import { resetEmail } from './mails/reset.email.tsx'
import { unknownAddressEmail } from './mails/unknown-address.email.tsx'
import { mayRecover } from './may-recover.ts'
import { resetLink } from './recovery-urls.ts'

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

export type SendRecoveryMailDeps = EnqueueDeps & {
  readonly inTransaction: InTransaction<Stores>
  readonly publicUrl: string
}

export const recoveryMails = channel<MailRequest>('recovery', 'people')

/**
 * Processes a mail request: mails help to the owner of the address. The account is not changed before a valid link is
 * used.
 */
export function sendRecoveryMail(deps: SendRecoveryMailDeps): Deliver<MailRequest> {
  return (id, request) =>
    deps.inTransaction(async (stores) => {
      const order: Order = { id, channel: recoveryMails }
      const { identifier, clientNetwork } = request
      const owner = await findOwner(stores, identifier)
      await record(deps, stores.audit, { event: 'recovery.requested', accountId: owner?.accountId, clientNetwork })
      if (owner) return mailOwner(deps, stores, order, request, owner)
      return identifier.kind === 'email'
        ? mailStranger(deps, stores, order, request)
        : replaceWithNothing(deps, stores.outbox, order)
    })
}

/** The proved identifier, or else a claim to it. For a phone number, the primary address of its account. */
async function findOwner(
  stores: Stores,
  identifier: MailRequest['identifier'],
): Promise<AccountIdentifier | undefined> {
  const owner = await stores.identifiers.findProved(identifier)
  if (identifier.kind === 'phone') {
    return owner && primaryEmail(await stores.identifiers.listOfAccount(owner.accountId))
  }
  if (owner) return owner
  const claims = await stores.identifiers.listClaims(identifier)
  for (const claim of claims) if (await mayRecover(stores, claim)) return claim
  return claims[0]
}

async function mailOwner(
  deps: SendRecoveryMailDeps,
  stores: Stores,
  order: Order,
  { locale, continueTo }: MailRequest,
  owner: AccountIdentifier,
): Promise<void> {
  const { accountId, canonical, display } = owner
  const to = (mail: Mail) => replace(deps, stores.outbox, order, email, { ...mail, to: deliverable(display) })
  const account = await stores.accounts.find(accountId)
  if (account?.disabledAt !== null) {
    return to(disabledAccountEmail({ locale, link: deps.publicUrl + paths.helpSignIn }))
  }
  const networks = await networkNames(stores, owner)
  if (!(await mayRecover(stores, owner))) {
    return to(claimedAddressEmail({ locale, link: deps.publicUrl + paths.signIn, network: networks.join(', ') }))
  }
  const purpose: LinkPurpose = (await stores.passwords.find(accountId)) ? 'reset-password' : 'first-password'
  return issueLink(deps, stores, {
    purpose,
    accountId,
    canonical,
    display,
    details: { continueTo },
    order,
    supersedes: ['reset-password', 'first-password'],
    write: (token, hours) => {
      const link = deps.publicUrl + resetLink(token)
      if (purpose === 'first-password') return firstPasswordEmail({ locale, link, hours, networks })
      return resetEmail({ locale, link, hours })
    },
  })
}

async function networkNames(stores: Stores, owner: AccountIdentifier): Promise<readonly string[]> {
  const linked = await stores.federatedIdentifiers.listOfAccount(owner.accountId)
  const providers = await Promise.all(linked.map(({ providerId }) => stores.providers.find(providerId)))
  return providers.flatMap((provider) => (provider ? [provider.name] : []))
}

async function mailStranger(
  deps: SendRecoveryMailDeps,
  stores: Stores,
  order: Order,
  { identifier, locale }: MailRequest,
): Promise<void> {
  if (!(await take(deps, stores.throttle, mailsToStrangers, 'all')))
    return replaceWithNothing(deps, stores.outbox, order)
  const mail = unknownAddressEmail({ locale, link: deps.publicUrl + paths.signUp })
  return replace(deps, stores.outbox, order, email, { ...mail, to: deliverable(identifier.display) })
}
