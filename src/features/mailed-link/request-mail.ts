import type { InTransaction } from '#database/open.ts'
import { type ThrottleStore, take, takeOrRefuse } from '#features/throttle/index.ts'
import { day } from '#kernel/duration.ts'
import { newId } from '#kernel/id.ts'
import type { Locale } from '#kernel/locale.ts'
import type { Problem } from '#kernel/problem.ts'
import { type Channel, type EnqueueDeps, enqueue, type OutboxStore } from '#outbox/index.ts'
import { mailsByClientNetwork, mailsToAddress } from './budgets.ts'

export type RequestMailDeps = EnqueueDeps & {
  readonly inTransaction: InTransaction<{ readonly outbox: OutboxStore; readonly throttle: ThrottleStore }>
}

/** A request for a mail to an address or phone number. Which mail it is, is decided in the background (ENU-2). */
export type MailRequest = {
  readonly identifier: { readonly kind: 'email' | 'phone'; readonly canonical: string; readonly display: string }
  readonly continueTo: string
  readonly locale: Locale
  readonly clientNetwork: string
}

/**
 * Requests a mail that helps the owner of an address, in constant time: whether a profile exists is looked up in the
 * background, and only the mail reveals it (ENU-1, ENU-2).
 * @param refusal problem to throw if the client network has caused too many mails
 * @returns the id for looking up the delivery status
 */
export async function requestMail(
  deps: RequestMailDeps,
  channel: Channel<MailRequest>,
  request: MailRequest,
  refusal: (retryAfter: number) => Problem,
): Promise<string> {
  return deps.inTransaction(async ({ outbox, throttle }) => {
    await takeOrRefuse(deps, throttle, mailsByClientNetwork, request.clientNetwork, refusal)
    // Beyond the address's own budget the answer stays the same, but no mail is sent.
    if (!(await take(deps, throttle, mailsToAddress, request.identifier.canonical))) return newId(deps.random)
    return enqueue(deps, outbox, channel, request, deps.clock.now() + day)
  })
}
