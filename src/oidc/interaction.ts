import type { Session } from '../features/session/index.ts'
import { second } from '../kernel/duration.ts'

/** Why the engine asks, and since when. */
export type Interaction = {
  readonly prompt: string
  readonly reasons: readonly string[]
  readonly startedAt: number
  /** `max_age` of the request, in seconds. */
  readonly maxAge: number | undefined
}

/**
 * Whether this sign-in answers what the portal asked for: `prompt=login` and `max_age=0` want a proof given after the
 * question, `max_age=n` one that is no older than that (OpenID Connect Core, 3.1.2.1).
 */
export function satisfies(session: Session, interaction: Interaction, now: number): boolean {
  const provenAt = Math.max(...session.proofs.map((proof) => proof.provenAt))
  const { maxAge, reasons, startedAt } = interaction
  if (reasons.includes('login_prompt') || maxAge === 0) return provenAt >= startedAt
  if (maxAge !== undefined) return now - provenAt <= maxAge * second
  return true
}
