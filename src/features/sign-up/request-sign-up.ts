import type { InTransaction } from '../../database/open.ts'
import { day } from '../../kernel/duration.ts'
import { newId } from '../../kernel/id.ts'
import type { Locale } from '../../kernel/locale.ts'
import { type EnqueueDeps, enqueue, type OutboxStore } from '../../outbox/index.ts'
import { deliverable, type EmailAddress, type IdentifierStore } from '../account/index.ts'
import { type AuditStore, record } from '../audit/index.ts'
import { issueLink, type MailedLinkStore } from '../mailed-link/index.ts'
import { type ThrottleStore, take, takeOrRefuse } from '../throttle/index.ts'
import { alreadyRegisteredEmail } from './already-registered.email.tsx'
import { signUpProblem } from './sign-up-problem.ts'
import { signUpLink } from './sign-up-urls.ts'
import { verifyEmail } from './verify.email.tsx'

type Stores = {
  readonly audit: AuditStore
  readonly identifiers: IdentifierStore
  readonly mailedLinks: MailedLinkStore
  readonly outbox: OutboxStore
  readonly throttle: ThrottleStore
}

export type RequestSignUpDeps = EnqueueDeps & {
  readonly inTransaction: InTransaction<Stores>
  readonly publicUrl: string
}

export type RequestSignUpInput = {
  readonly email: EmailAddress
  readonly continueTo: string
  readonly locale: Locale
  readonly clientNetwork: string
}

/**
 * Mails a link that proves the address. No account and no session exists before it is used. Whether there is a profile
 * already only the mail tells.
 * @returns the id under which the mail's fate can be asked
 * @throws Problem `sign-up.too-many`
 */
export async function requestSignUp(deps: RequestSignUpDeps, input: RequestSignUpInput): Promise<string> {
  const { email, clientNetwork } = input
  return deps.inTransaction(async (stores) => {
    const refusal = (retryAfter: number) => signUpProblem('sign-up.too-many', { retryAfter })
    await takeOrRefuse(deps, stores.throttle, 'mail.network', clientNetwork, refusal)
    // Past the address's own budget the answer stays the same, and no further mail is sent.
    if (!(await take(deps, stores.throttle, 'mail.address', email.canonical))) return newId(deps.random)
    const owner = await stores.identifiers.findProved(email)
    await record(deps, stores.audit, { event: 'sign-up.requested', accountId: owner?.accountId, clientNetwork })
    return owner ? mailOwner(deps, stores, input) : mailLink(deps, stores, input)
  })
}

function mailOwner(deps: RequestSignUpDeps, stores: Stores, { email, locale }: RequestSignUpInput): Promise<string> {
  const mail = alreadyRegisteredEmail({ locale, link: `${deps.publicUrl}/sign-in` })
  return enqueue(deps, stores.outbox, 'email', { ...mail, to: deliverable(email.display) }, deps.clock.now() + day)
}

async function mailLink(deps: RequestSignUpDeps, stores: Stores, input: RequestSignUpInput): Promise<string> {
  const { email, continueTo, locale } = input
  return issueLink(deps, stores, {
    purpose: 'sign-up',
    accountId: null,
    canonical: email.canonical,
    display: email.display,
    details: { continueTo },
    supersedes: ['sign-up'],
    write: (token, hours) => verifyEmail({ locale, hours, link: deps.publicUrl + signUpLink(token) }),
  })
}
