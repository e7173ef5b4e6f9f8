import type { InTransaction } from '#database/open.ts'
import { type ThrottleStore, take, takeOrRefuse } from '#features/throttle/index.ts'
import { day } from '#kernel/duration.ts'
import { newId } from '#kernel/id.ts'
import type { Problem } from '#kernel/problem.ts'
import { type EnqueueDeps, enqueue, type MailRequest, type OutboxStore } from '#outbox/index.ts'
import { mailsByClientNetwork, mailsToAddress } from './budgets.ts'

export type OrderMailDeps = EnqueueDeps & {
  readonly inTransaction: InTransaction<{ readonly outbox: OutboxStore; readonly throttle: ThrottleStore }>
}

/**
 * Orders the mail that helps the owner of an address, the same way for every address: whether there is a profile is
 * looked up when the order is carried out, and only the mail tells (ENU-1, ENU-2).
 * @param refusal what is thrown when a client network has caused too many mails
 * @returns the id under which the mail's fate can be asked
 */
export async function orderMail(
  deps: OrderMailDeps,
  channel: 'recovery' | 'sign-up',
  order: MailRequest,
  refusal: (retryAfter: number) => Problem,
): Promise<string> {
  return deps.inTransaction(async ({ outbox, throttle }) => {
    await takeOrRefuse(deps, throttle, mailsByClientNetwork, order.clientNetwork, refusal)
    // Past the address's own budget the answer stays the same, and no further mail is sent.
    if (!(await take(deps, throttle, mailsToAddress, order.identifier.canonical))) return newId(deps.random)
    return enqueue(deps, outbox, channel, order, deps.clock.now() + day)
  })
}
