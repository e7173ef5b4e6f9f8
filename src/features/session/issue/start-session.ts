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
 * Starts a session in the transaction that accepted the last proof, so that the gate sees the current account. Called
 * only by `sign-in/finish-sign-in.ts`.
 * @param proofs of one account, in order; the first is remembered as the way used in this browser
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
    id: await replaceSession(deps, stores, account.id, browser.session),
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
  const knownToken = await reuseOrIssueKnownToken(deps, stores, browser)
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

/** Does not reuse a token that we did not issue: an attacker who planted it would be known to the account (SES-1). */
async function reuseOrIssueKnownToken(deps: StartSessionDeps, stores: StartSessionStores, { knownToken }: Browser) {
  const hash = knownToken && deps.secrets.hash('known-browser', knownToken)
  const isOurs = hash && (await stores.knownBrowsers.list(hash, deps.clock.now())).length > 0
  return isOurs ? knownToken : deps.secrets.issue('known-browser').token
}

/**
 * Signing in again keeps the session's id, and with it the open portals, but issues a new token (ASVS 7.2.4). Another
 * account's session in this browser ends.
 * @returns the id for the new session
 */
async function replaceSession(
  deps: StartSessionDeps,
  stores: StartSessionStores,
  accountId: AccountId,
  current: Session | undefined,
): Promise<SessionId> {
  if (current?.accountId === accountId) {
    await stores.sessions.delete(current.id, accountId)
    return current.id
  }
  if (current) await endSession(deps, stores, current.accountId, current.id)
  return newId<SessionId>(deps.random)
}
