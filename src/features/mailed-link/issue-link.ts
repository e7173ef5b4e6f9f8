import { deliverable } from '#features/account/index.ts'
import { hour } from '#kernel/duration.ts'
import { newId } from '#kernel/id.ts'
import { type Email, type EnqueueDeps, email, enqueue, type Order, type OutboxStore, replace } from '#outbox/index.ts'
import type { MailedLinkStore } from './mailed-link.store.ts'
import { type LinkPurpose, linkLifetime, type MailedLink } from './mailed-link.ts'

export type IssueLinkStores = { readonly mailedLinks: MailedLinkStore; readonly outbox: OutboxStore }

export type LinkRequest = Pick<MailedLink, 'purpose' | 'accountId' | 'canonical' | 'display' | 'details'> & {
  /** Invalidates older links of these purposes for the same address. */
  readonly supersedes: readonly LinkPurpose[]
  /** Renders the mail with the token. */
  readonly write: (token: string, hours: number) => Omit<Email, 'to'>
  /** The outbox order to replace with the mail. */
  readonly order?: Order
}

/**
 * Creates a link and puts its mail into the outbox, in one transaction. The mail goes to the stored address, never to
 * text from a request.
 */
export async function issueLink(deps: EnqueueDeps, stores: IssueLinkStores, request: LinkRequest): Promise<void> {
  const now = deps.clock.now()
  const { token, hash } = deps.secrets.issue('link')
  const expiresAt = now + linkLifetime
  await stores.mailedLinks.supersede(request.canonical, request.supersedes, now)
  const mail = { ...request.write(token, linkLifetime / hour), to: deliverable(request.display) }
  const { order } = request
  if (order) await replace(deps, stores.outbox, order, email, mail)
  const outboxId = order?.id ?? (await enqueue(deps, stores.outbox, email, mail, expiresAt))
  const link: MailedLink = {
    id: newId(deps.random),
    purpose: request.purpose,
    accountId: request.accountId,
    canonical: request.canonical,
    display: request.display,
    details: request.details,
    createdAt: now,
    expiresAt,
    consumedAt: null,
    supersededAt: null,
  }
  await stores.mailedLinks.insert(link, hash, outboxId)
}
