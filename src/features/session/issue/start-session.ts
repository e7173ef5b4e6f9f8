import { type AccountStore, maySignIn } from '#features/account/index.ts'
import { record } from '#features/audit/index.ts'
import type { Clock } from '#kernel/clock.ts'
import { day } from '#kernel/duration.ts'
import { type AccountId, newId, type SessionId } from '#kernel/id.ts'
import type { Random } from '#kernel/random.ts'
import type { Secrets } from '#kernel/secret.ts'
import type { Browser, StartedSession } from '../browser.ts'
import { type EndSessionsStores, endSession } from '../end-sessions.ts'
import type { KnownBrowserStore } from '../known-browser.store.ts'
import type { Proof } from '../proof.ts'
import { absoluteLimit, idleLimit, type Session } from '../session.ts'

export type StartSessionDeps = { readonly clock: Clock; readonly random: Random; readonly secrets: Secrets }

export type StartSessionStores = EndSessionsStores & {
  readonly accounts: AccountStore
  readonly knownBrowsers: KnownBrowserStore
}

const knownFor = 365 * day

/**
 * Starts a session, in the transaction that accepted the last proof: it asks the gate with the account as that
 * transaction sees it. Called by `sign-in/finish-sign-in.ts` alone.
 * @param proofs of one account, in order; the first is remembered as the way used here
 * @throws Problem `account.disabled` or `account.missing`
 */
export async function startSession(
  deps: StartSessionDeps,
  stores: StartSessionStores,
  proofs: readonly [Proof, ...Proof[]],
  browser: Browser,
): Promise<StartedSession> {
  const now = deps.clock.now()
  const account = await stores.accounts.lock(proofs[0].accountId)
  maySignIn(account)
  const { token, hash } = deps.secrets.issue('session')
  const session: Session = {
    id: await replace(deps, stores, account.id, browser.session),
    accountId: account.id,
    proofs,
    device: browser.device,
    clientNetwork: browser.clientNetwork,
    createdAt: now,
    lastSeenAt: now,
    idleExpiresAt: now + idleLimit,
    expiresAt: now + absoluteLimit,
  }
  await stores.sessions.insert(session, hash)
  const knownToken = await knownTokenOf(deps, stores, browser)
  const { authenticator, providerId } = proofs[0]
  await stores.knownBrowsers.remember(
    deps.secrets.hash('known-browser', knownToken),
    { accountId: account.id, lastWay: { kind: authenticator, ...(providerId !== undefined && { providerId }) } },
    now,
    now + knownFor,
  )
  await record(deps, stores.audit, {
    event: 'sign-in.succeeded',
    accountId: account.id,
    clientNetwork: browser.clientNetwork,
    details: { authenticator, ...(providerId !== undefined && { provider: providerId }), device: browser.device },
  })
  return { session, token, knownToken }
}

/** A mark that we did not give out is not taken over: whoever planted it would be known to the account (SES-1). */
async function knownTokenOf(deps: StartSessionDeps, stores: StartSessionStores, { knownToken }: Browser) {
  const hash = knownToken && deps.secrets.hash('known-browser', knownToken)
  const isOurs = hash && (await stores.knownBrowsers.list(hash, deps.clock.now())).length > 0
  return isOurs ? knownToken : deps.secrets.issue('known-browser').token
}

/**
 * Who signs in again keeps the session's id, and with it the portals that are open, under a new token (ASVS 7.2.4).
 * Another person's session in this browser ends.
 */
async function replace(
  deps: StartSessionDeps,
  stores: StartSessionStores,
  accountId: AccountId,
  present: Session | undefined,
): Promise<SessionId> {
  if (present?.accountId === accountId) {
    await stores.sessions.delete(present.id, accountId)
    return present.id
  }
  if (present) await endSession(deps, stores, present.accountId, present.id)
  return newId<SessionId>(deps.random)
}
