import type { InTransaction } from '#database/open.ts'
import { deliverable, type IdentifierStore } from '#features/account/index.ts'
import { type AuditStore, record } from '#features/audit/index.ts'
import type { MailRequest } from '#features/mailed-link/index.ts'
import { issueLink, type MailedLinkStore } from '#features/mailed-link/index.ts'
import { channel, type Deliver, type EnqueueDeps, email, type Order, type OutboxStore, replace } from '#outbox/index.ts'
import { paths } from '#ui/paths.ts'
import { alreadyRegisteredEmail } from './already-registered.email.tsx'
import { signUpLink } from './sign-up-urls.ts'
import { verifyEmail } from './verify.email.tsx'

type Stores = {
  readonly audit: AuditStore
  readonly identifiers: IdentifierStore
  readonly mailedLinks: MailedLinkStore
  readonly outbox: OutboxStore
}

export type SendSignUpMailDeps = EnqueueDeps & {
  readonly inTransaction: InTransaction<Stores>
  readonly publicUrl: string
}

export const signUpMails = channel<MailRequest>('sign-up', 'people')

/**
 * Processes a mail request: mails a link that proves the address. No account or session exists before the link is used.
 * Only the mail reveals whether there is a profile already.
 */
export function sendSignUpMail(deps: SendSignUpMailDeps): Deliver<MailRequest> {
  return (id, { identifier, continueTo, locale, clientNetwork }) =>
    deps.inTransaction(async (stores) => {
      const order: Order = { id, channel: signUpMails }
      const { canonical, display } = identifier
      const owner = await stores.identifiers.findProved(identifier)
      await record(deps, stores.audit, { event: 'sign-up.requested', accountId: owner?.accountId, clientNetwork })
      if (owner) {
        const mail = alreadyRegisteredEmail({ locale, link: deps.publicUrl + paths.signIn })
        return replace(deps, stores.outbox, order, email, { ...mail, to: deliverable(owner.display) })
      }
      return issueLink(deps, stores, {
        purpose: 'sign-up',
        accountId: null,
        canonical,
        display,
        details: { continueTo },
        order,
        supersedes: ['sign-up'],
        write: (token, hours) => verifyEmail({ locale, hours, link: deps.publicUrl + signUpLink(token) }),
      })
    })
}
