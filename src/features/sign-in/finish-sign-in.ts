import { maySignIn } from '#features/account/index.ts'
import type { RecordDeps } from '#features/audit/index.ts'
import { type AnnounceNetworkDeps, type LinkPendingStores, linkPending } from '#features/network-link/index.ts'
import type {
  Browser,
  Proof,
  Session,
  StartedSession,
  StartSessionDeps,
  StartSessionStores,
  StrengthenStores,
} from '#features/session/index.ts'
import { startSession, strengthenSession } from '#features/session/issue/index.ts'
import type { Secrets } from '#kernel/secret.ts'
import type { Authenticator } from './authenticators.ts'
import type { PendingSignInStore } from './pending-sign-in.store.ts'
import { type PendingSignIn, pendingSignInLifetime } from './pending-sign-in.ts'

export type FinishSignInDeps = StartSessionDeps &
  AnnounceNetworkDeps & { readonly authenticators: readonly Authenticator[] }

export type FinishSignInStores = StartSessionStores &
  LinkPendingStores & { readonly pendingSignIns: PendingSignInStore }

export type SignInGoal = {
  readonly browser: Browser
  /** Where the person was going. */
  readonly continueTo: string
}

export type FinishedSignIn =
  | { readonly next: 'signed-in'; readonly started: StartedSession }
  /** The proofs so far open nothing by themselves; they wait in this browser for another one. */
  | { readonly next: 'second-authenticator-needed'; readonly pending: PendingSignIn }

/**
 * The one door in: every sign-in ends here, in the transaction that accepted the proof. It adds the proof to those that
 * wait in this browser for the same account, and starts a session once they are enough. No other file may start one.
 * @throws Problem `account.disabled` or `account.missing`
 */
export async function finishSignIn(
  deps: FinishSignInDeps,
  stores: FinishSignInStores,
  proof: Proof,
  { browser, continueTo }: SignInGoal,
): Promise<FinishedSignIn> {
  const now = deps.clock.now()
  const { browserHash } = browser
  const { accountId } = proof
  const earlier = browserHash ? await stores.pendingSignIns.consume(browserHash, now) : undefined
  const proofs = withProof(earlier?.accountId === accountId ? earlier.proofs : [], proof)
  if (isEnough(deps.authenticators, proofs)) {
    const started = await startSession(deps, stores, proofs, browser)
    await linkPending(deps, stores, accountId, browser)
    return { next: 'signed-in', started }
  }
  if (!browserHash) throw new Error('a sign-in in several steps needs the cookie of the browser')
  maySignIn(await stores.accounts.lock(accountId))
  const pending = { browserHash, accountId, proofs, continueTo, expiresAt: now + pendingSignInLifetime }
  await stores.pendingSignIns.insert(pending)
  return { next: 'second-authenticator-needed', pending }
}

/**
 * Adds a fresh proof to a running session (step-up, RFC 9470).
 * @returns the session cookie's new value
 * @throws Problem `session.none` when the proof is another account's or the session ended meanwhile
 */
export function finishStepUp(
  deps: RecordDeps & { readonly secrets: Secrets },
  stores: StrengthenStores,
  session: Session,
  proof: Proof,
): Promise<string> {
  return strengthenSession(deps, stores, session, proof)
}

type Proofs = readonly [Proof, ...Proof[]]

/** Each authenticator once, with its latest proof. */
function withProof(earlier: readonly Proof[], proof: Proof): Proofs {
  const [first, ...others] = earlier.filter(({ authenticator }) => authenticator !== proof.authenticator)
  return first ? [first, ...others, proof] : [proof]
}

function isEnough(authenticators: readonly Authenticator[], proofs: Proofs): boolean {
  return proofs.some((proof) => authenticators.some((row) => row.kind === proof.authenticator && row.opensAlone))
}
