import type { InTransaction } from '#database/open.ts'
import type { Clock } from '#kernel/clock.ts'
import { day } from '#kernel/duration.ts'
import type { MailedLinkStore } from './mailed-link.store.ts'

/** Old links are kept this long, so that their pages can tell why they no longer work. */
const explainedFor = 30 * day

export type MailedLinkFeatureDeps = {
  readonly clock: Clock
  readonly inTransaction: InTransaction<{ readonly mailedLinks: MailedLinkStore }>
}

/** Links in mails that prove an address. */
export function mailedLink({ clock, inTransaction }: MailedLinkFeatureDeps) {
  return { tidy: () => inTransaction(({ mailedLinks }) => mailedLinks.deletePast(clock.now() - explainedFor)) }
}
