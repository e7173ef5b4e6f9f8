import type { Clock } from '#kernel/clock.ts'
import { isFresh, type Session } from './session.ts'
import { sessionProblem } from './session-problem.ts'

/** @throws Problem `session.step-up-needed` if the latest proof is too old for changing a way in */
export function requireFresh(session: Session, clock: Clock): void {
  if (!isFresh(session, clock.now())) throw sessionProblem('session.step-up-needed')
}
