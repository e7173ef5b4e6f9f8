import { type AccountStore, deliverable, type IdentifierStore, primaryEmail } from '#features/account/index.ts'
import type { ProviderStore } from '#features/provider/index.ts'
import type { IncidentChange } from '#features/provider-health/index.ts'
import { budget, type ThrottleDeps, type ThrottleStore, take } from '#features/throttle/index.ts'
import { hour, minute } from '#kernel/duration.ts'
import type { Locale } from '#kernel/locale.ts'
import { type EnqueueDeps, email, enqueue, type OutboxStore } from '#outbox/index.ts'
import type { Mail } from '#ui/mail-layout.tsx'
import { networkPath } from '../console/console-urls.ts'
import type { OperatorStore } from '../operators/operator.store.ts'
import { findingsEmail, incidentEmail } from './network-alert.email.tsx'

/** Mails to the operators about one network: a flapping network must not flood them. */
const mailsToOperators = budget('mail.operators', { burst: 4, every: 30 * minute })

export type AlertDeps = EnqueueDeps & ThrottleDeps & { readonly publicUrl: string }

export type AlertStores = {
  readonly accounts: AccountStore
  readonly identifiers: IdentifierStore
  readonly operators: OperatorStore
  readonly outbox: OutboxStore
  readonly providers: ProviderStore
  readonly throttle: ThrottleStore
}

/** Alerts that could not be delivered in this time are dropped. */
const alertTtl = hour

/** Mails all operators about an incident of a network. Rate-limited per network. */
export async function announceIncident(
  deps: AlertDeps,
  stores: AlertStores,
  { incident, change }: IncidentChange,
): Promise<void> {
  const { providerId, reason, since } = incident
  const network = await nameOf(stores, providerId)
  const isWorthIt = await take(deps, stores.throttle, mailsToOperators, providerId)
  if (network === undefined || !isWorthIt) return
  const alert = { change, network, reason, since, now: deps.clock.now(), link: linkTo(deps, providerId) }
  await mailOperators(deps, stores, (locale) => incidentEmail({ ...alert, locale }))
}

/** Mails all operators about new findings of a network's daily check. */
export async function announceFindings(deps: AlertDeps, stores: AlertStores, providerId: string): Promise<void> {
  const network = await nameOf(stores, providerId)
  if (network === undefined) return
  await mailOperators(deps, stores, (locale) => findingsEmail({ locale, network, link: linkTo(deps, providerId) }))
}

async function nameOf({ providers }: AlertStores, providerId: string): Promise<string | undefined> {
  return (await providers.find(providerId))?.name
}

function linkTo({ publicUrl }: AlertDeps, providerId: string): string {
  return publicUrl + networkPath(providerId)
}

async function mailOperators(deps: AlertDeps, stores: AlertStores, write: (locale: Locale) => Mail): Promise<void> {
  for (const { accountId, disabled } of await stores.operators.list()) {
    const address = primaryEmail(await stores.identifiers.listOfAccount(accountId))
    if (disabled || !address) continue
    const mail = write((await stores.accounts.find(accountId))?.locale ?? 'de')
    const expiresAt = deps.clock.now() + alertTtl
    await enqueue(deps, stores.outbox, email, { ...mail, to: deliverable(address.display) }, expiresAt)
  }
}
