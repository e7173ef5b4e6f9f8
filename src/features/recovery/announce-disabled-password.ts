import type { AccountIdentifier } from '#features/account/index.ts'
import { issueLink, type MailedLinkStore } from '#features/mailed-link/index.ts'
import type { Locale } from '#kernel/locale.ts'
import type { EnqueueDeps, OutboxStore } from '#outbox/index.ts'
import { passwordDisabledEmail } from './mails/password-disabled.email.tsx'
import { resetLink } from './recovery-urls.ts'

export type AnnounceDeps = EnqueueDeps & { readonly publicUrl: string }

/** Mails the owner after too many failures, with a link that sets a new password (decision D8). */
export async function announceDisabledPassword(
  deps: AnnounceDeps,
  stores: { readonly mailedLinks: MailedLinkStore; readonly outbox: OutboxStore },
  to: AccountIdentifier,
  locale: Locale,
): Promise<void> {
  await issueLink(deps, stores, {
    purpose: 'reset-password',
    accountId: to.accountId,
    canonical: to.canonical,
    display: to.display,
    details: {},
    supersedes: ['reset-password', 'first-password'],
    write: (token, hours) => passwordDisabledEmail({ locale, hours, link: deps.publicUrl + resetLink(token) }),
  })
}
