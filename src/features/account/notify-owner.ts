import { day } from '#kernel/duration.ts'
import type { AccountId } from '#kernel/id.ts'
import type { Locale } from '#kernel/locale.ts'
import { type Email, type EnqueueDeps, email, enqueue, type OutboxStore } from '#outbox/index.ts'
import type { AccountStore } from './account.store.ts'
import { proved } from './account.ts'
import type { IdentifierStore } from './identifier.store.ts'
import { deliverable } from './identifier.ts'

export type NotifyOwnerStores = {
  readonly accounts: AccountStore
  readonly identifiers: IdentifierStore
  readonly outbox: OutboxStore
}

/** A notice that arrives days late alarms more than it helps. */
const noticeTtl = 3 * day

/**
 * Notifies the owner of an account, at every proved address, of a change to a way in (NIST SP 800-63B-4, 4.6). Call it
 * in the transaction that makes the change.
 * @param write renders the mail in the account's language; `at` is the time of the change
 */
export async function notifyOwner(
  deps: EnqueueDeps,
  { accounts, identifiers, outbox }: NotifyOwnerStores,
  accountId: AccountId,
  write: (locale: Locale, at: number) => Omit<Email, 'to'>,
): Promise<void> {
  const at = deps.clock.now()
  const account = await accounts.find(accountId)
  const mail = write(account?.locale ?? 'de', at)
  for (const { kind, display } of proved(await identifiers.listOfAccount(accountId))) {
    if (kind === 'email') await enqueue(deps, outbox, email, { ...mail, to: deliverable(display) }, at + noticeTtl)
  }
}
