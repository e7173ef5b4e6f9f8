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
  /** Where to continue after the sign-in. */
  readonly continueTo: string
}

export type FinishedSignIn =
  | { readonly next: 'signed-in'; readonly started: StartedSession }
  /** The proofs given so far are not enough. They are kept as pending for this browser. */
  | { readonly next: 'second-authenticator-needed'; readonly pending: PendingSignIn }

/**
 * Every sign-in ends here, in the transaction that accepted the proof. Adds the proof to the pending ones of this browser
 * and account, and starts a session once they are enough. No other file may start a session.
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
  if (!browserHash) throw new Error('a sign-in with several proofs needs the browser cookie')
  maySignIn(await stores.accounts.lock(accountId))
  const pending = { browserHash, accountId, proofs, continueTo, expiresAt: now + pendingSignInLifetime }
  await stores.pendingSignIns.insert(pending)
  return { next: 'second-authenticator-needed', pending }
}

/**
 * Adds a fresh proof to a running session (step-up, RFC 9470).
 * @returns the new value of the session cookie
 * @throws Problem `session.none` if the proof belongs to another account or the session has ended in the meantime
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

/** Replaces an earlier proof by the same authenticator. */
function withProof(earlier: readonly Proof[], proof: Proof): Proofs {
  const [first, ...others] = earlier.filter(({ authenticator }) => authenticator !== proof.authenticator)
  return first ? [first, ...others, proof] : [proof]
}

function isEnough(authenticators: readonly Authenticator[], proofs: Proofs): boolean {
  return proofs.some((proof) => authenticators.some((row) => row.kind === proof.authenticator && row.opensAlone))
}
