import { decodeJwt } from 'jose'
import type { Session } from '#features/session/index.ts'
import { second } from '#kernel/duration.ts'
import type { Artifact } from './artifact.store.ts'

/** Parameters of an authorization request. */
export type Params = Readonly<Record<string, string | number | undefined>>

/** Why the engine needs the person, and since when. */
export type Interaction = {
  readonly prompt: string
  readonly reasons: readonly string[]
  readonly startedAt: number
  /** `max_age` of the request, in seconds. */
  readonly maxAge: number | undefined
  /** The account that the portal expects, if it sent an `id_token_hint`. */
  readonly subject: string | undefined
  readonly params: Params
}

export function interactionOf({ payload, createdAt }: Pick<Artifact, 'payload' | 'createdAt'>): Interaction {
  const { prompt, params } = payload as { prompt: { name: string; reasons: string[] }; params: Params }
  return {
    prompt: prompt.name,
    reasons: prompt.reasons,
    startedAt: createdAt,
    maxAge: params.max_age === undefined ? undefined : Number(params.max_age),
    // The engine has verified it already.
    subject: params.id_token_hint === undefined ? undefined : decodeJwt(String(params.id_token_hint)).sub,
    params,
  }
}

/**
 * Whether this session satisfies the portal's request: `prompt=login` and `max_age=0` require a proof newer than the
 * interaction, `max_age=n` one at most that old (OpenID Connect Core, 3.1.2.1).
 */
export function satisfies(session: Session, interaction: Interaction, now: number): boolean {
  const { maxAge, reasons } = interaction
  if (reasons.includes('login_prompt') || maxAge === 0) return isProvenSince(session, interaction)
  if (maxAge !== undefined) return now - provenAt(session) <= maxAge * second
  return true
}

/** Whether the person gave a proof since the interaction began. */
export function isProvenSince(session: Session, { startedAt }: Interaction): boolean {
  return provenAt(session) >= startedAt
}

/** Whether the portal expects an account other than the one signed in. */
export function expectsOtherAccount(session: Session, { subject }: Interaction): boolean {
  return subject !== undefined && subject !== session.accountId
}

/** Parameters to repeat the request without the parts that are already satisfied. */
export function repeatRequest({ params }: Interaction): Record<string, string | undefined> {
  const { prompt, max_age: maxAge, request_uri: _pushed, ...rest } = params
  const prompts = String(prompt ?? '')
    .split(' ')
    .filter((word) => word !== 'login')
  const repeated = { ...rest, prompt: prompts.join(' '), max_age: Number(maxAge) === 0 ? undefined : maxAge }
  return Object.fromEntries(Object.entries(repeated).map(([name, value]) => [name, value?.toString()]))
}

function provenAt({ proofs }: Session): number {
  return Math.max(...proofs.map((proof) => proof.provenAt))
}
