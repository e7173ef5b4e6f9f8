import type { Clock } from '#kernel/clock.ts'
import type { Secrets } from '#kernel/secret.ts'
import type { MailedLinkStore } from './mailed-link.store.ts'
import { type LinkPurpose, type LinkState, type MailedLink, stateOf } from './mailed-link.ts'

export type ReadLinkDeps = {
  readonly clock: Clock
  readonly secrets: Secrets
  readonly read: { readonly mailedLinks: MailedLinkStore }
}

export type ReadLink =
  | { readonly state: 'unknown' }
  | { readonly state: Exclude<LinkState, 'valid'>; readonly link: MailedLink }
  | { readonly state: 'valid'; readonly link: MailedLink }

/** Looks up a link without changing anything: mail scanners open links too (RST-5). */
export async function readLink(
  deps: ReadLinkDeps,
  token: string | undefined,
  purposes: readonly LinkPurpose[],
): Promise<ReadLink> {
  const link = token ? await deps.read.mailedLinks.findByToken(deps.secrets.hash('link', token)) : undefined
  if (!link || !purposes.includes(link.purpose)) return { state: 'unknown' }
  return { state: stateOf(link, deps.clock.now()), link }
}
