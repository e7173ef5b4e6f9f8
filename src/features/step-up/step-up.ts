import type { InTransaction } from '#database/open.ts'
import type { RecordDeps } from '#features/audit/index.ts'
import type { AttemptStore, Identified } from '#features/federation/index.ts'
import type { FederatedIdentifierStore } from '#features/network-link/index.ts'
import { networkProof } from '#features/network-link/index.ts'
import type { OnPasswordDisabled, PasswordDisabledStores } from '#features/password/index.ts'
import { type CheckPasswordDeps, checkPassword, type PasswordStore, settlePassword } from '#features/password/index.ts'
import type { Session, StrengthenStores } from '#features/session/index.ts'
import { finishStepUp, rethrowAsBusy, signInProblem, signInsByName } from '#features/sign-in/index.ts'
import { type ThrottleDeps, type ThrottleStore, takeOrRefuse } from '#features/throttle/index.ts'
import { minute } from '#kernel/duration.ts'
import { stepUpProblem } from './step-up-problem.ts'

type Stores = StrengthenStores &
  PasswordDisabledStores & {
    readonly attempts: AttemptStore
    readonly federatedIdentifiers: FederatedIdentifierStore
    readonly passwords: PasswordStore
    readonly throttle: ThrottleStore
  }

export type StepUpDeps = RecordDeps &
  ThrottleDeps &
  CheckPasswordDeps & {
    readonly onPasswordDisabled: OnPasswordDisabled
    readonly read: { readonly passwords: PasswordStore }
    readonly inTransaction: InTransaction<Stores>
  }

/**
 * Steps up a session with the password.
 * @returns the new value of the session cookie
 * @throws Problem `sign-in.not-right`, `sign-in.too-many`, `sign-in.busy`
 */
export async function stepUpWithPassword(deps: StepUpDeps, session: Session, typed: string): Promise<string> {
  const { accountId } = session
  const field = 'password'
  if (typed === '') throw signInProblem('sign-in.password-missing', { field })
  const refusal = (retryAfter: number) => signInProblem('sign-in.too-many', { retryAfter })
  await deps.inTransaction(({ throttle }) => takeOrRefuse(deps, throttle, signInsByName, accountId, refusal))
  const password = await deps.read.passwords.find(accountId)
  const checked = await checkPassword(deps, password, typed, 'known').catch(rethrowAsBusy)
  const token = await deps.inTransaction(async (stores) => {
    const { proof, justDisabled } = await settlePassword(deps, stores.passwords, accountId, checked)
    if (proof) return finishStepUp(deps, stores, session, proof)
    if (justDisabled) await deps.onPasswordDisabled(stores, accountId)
    return undefined
  })
  if (!token) throw signInProblem('sign-in.not-right', { field })
  return token
}

/** Tolerated clock difference to the network. */
const clockTolerance = minute

/**
 * Steps up a session with a linked network. Only the session that started the attempt is accepted. If the network
 * reports the authentication time, it must be recent; otherwise coming back is the only evidence.
 * @param session current session of the browser that came back
 * @returns the new value of the session cookie
 * @throws Problem `step-up.failed`, `step-up.not-fresh`, `step-up.not-linked`
 */
export async function stepUpWithNetwork(
  deps: StepUpDeps,
  { attempt, identity }: Identified,
  session: Session,
): Promise<string> {
  if (attempt.sessionId !== session.id) throw stepUpProblem('step-up.failed')
  const { authenticatedAt = attempt.createdAt } = identity
  if (authenticatedAt < attempt.createdAt - clockTolerance) throw stepUpProblem('step-up.not-fresh')
  return deps.inTransaction(async (stores) => {
    const linked = await stores.federatedIdentifiers.find(identity.providerId, identity.subject)
    if (linked?.accountId !== session.accountId || linked.quarantinedAt !== null) {
      throw stepUpProblem('step-up.not-linked')
    }
    await stores.attempts.settle(attempt.stateHash, 'stepped-up')
    return finishStepUp(deps, stores, session, networkProof(deps, identity, session.accountId))
  })
}
