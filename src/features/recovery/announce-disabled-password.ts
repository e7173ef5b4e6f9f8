import { primaryEmail } from '#features/account/index.ts'
import { type RecordDeps, record } from '#features/audit/index.ts'
import { issueLink } from '#features/mailed-link/index.ts'
import type { PasswordDisabledStores } from '#features/password/index.ts'
import type { AccountId } from '#kernel/id.ts'
import type { EnqueueDeps } from '#outbox/index.ts'
import { passwordDisabledEmail } from './mails/password-disabled.email.tsx'
import { resetLink } from './recovery-urls.ts'

export type AnnounceDisabledPasswordDeps = RecordDeps & EnqueueDeps & { readonly publicUrl: string }

/** Tells the owner that too many failures disabled the password, with a link that sets a new one (decision D8). */
export async function announceDisabledPassword(
  deps: AnnounceDisabledPasswordDeps,
  stores: PasswordDisabledStores,
  accountId: AccountId,
): Promise<void> {
  await record(deps, stores.audit, { event: 'password.disabled', accountId })
  const email = primaryEmail(await stores.identifiers.listOfAccount(accountId))
  const account = await stores.accounts.find(accountId)
  if (!email || !account) return
  const { locale } = account
  await issueLink(deps, stores, {
    purpose: 'reset-password',
    accountId,
    canonical: email.canonical,
    display: email.display,
    details: {},
    supersedes: ['reset-password', 'first-password'],
    write: (token, hours) => passwordDisabledEmail({ locale, hours, link: deps.publicUrl + resetLink(token) }),
  })
}
