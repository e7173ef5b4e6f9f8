import type { AccountId } from '#kernel/id.ts'

/** Named `<feature>.<event>`, in the past tense. */
export type AuditEvent =
  | 'account.created'
  | 'account.disabled'
  | 'account.enabled'
  | 'disclosure.budget-spent'
  | 'federation.attempt-refused'
  | 'federation.linked'
  | 'federation.unlinked'
  | 'federation.quarantine-lifted'
  | 'network.incident-began'
  | 'network.incident-turned'
  | 'network.incident-ended'
  | 'network.override-set'
  | 'network.override-ended'
  | 'operator.granted'
  | 'operator.refused'
  | 'operator.revoked'
  | 'password.changed'
  | 'password.disabled'
  | 'portal.removed'
  | 'recovery.link-refused'
  | 'recovery.requested'
  | 'session.ended'
  | 'session.all-ended'
  | 'sign-in.failed'
  | 'sign-in.succeeded'
  | 'sign-up.link-refused'
  | 'sign-up.requested'
  | 'step-up.succeeded'

/** An entry of the audit trail. Details never contain a secret, a code or a token. */
export type AuditEntry = {
  readonly id: string
  readonly at: number
  readonly event: AuditEvent
  readonly accountId: AccountId | null
  readonly clientNetwork: string | null
  readonly details: Readonly<Record<string, string | number | boolean>>
}
