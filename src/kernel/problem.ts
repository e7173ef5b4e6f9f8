/**
 * What went wrong, in terms of the domain. The core throws it; `http/` alone decides on the status, and the pages alone
 * on the words (`problem.<code>` in the feature's messages).
 */
export type ProblemKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'expired'
  | 'throttled'
  | 'unavailable'

export type ProblemParams = Readonly<Record<string, string | number>>

export type ProblemDetails = {
  readonly params?: ProblemParams
  /** Name of the form field the problem belongs to. */
  readonly field?: string
  /** Seconds until a retry makes sense (RFC 9110, Retry-After). */
  readonly retryAfter?: number
  /** The underlying error: logged, never shown. */
  readonly cause?: unknown
}

export class Problem extends Error {
  readonly kind: ProblemKind
  readonly code: string
  readonly params: ProblemParams
  readonly field: string | undefined
  readonly retryAfter: number | undefined

  constructor(kind: ProblemKind, code: string, details: ProblemDetails = {}) {
    super(code, { cause: details.cause })
    this.name = 'Problem'
    this.kind = kind
    this.code = code
    this.params = details.params ?? {}
    this.field = details.field
    this.retryAfter = details.retryAfter
  }
}

/**
 * A feature declares its codes once, each with its kind:
 * `export const recoveryProblem = problems({ 'recovery.link-expired': 'expired' })`,
 * and throws `recoveryProblem('recovery.link-expired')`.
 */
export function problems<const Codes extends Readonly<Record<string, ProblemKind>>>(codes: Codes) {
  return (code: keyof Codes & string, details?: ProblemDetails): Problem =>
    new Problem(codes[code] as ProblemKind, code, details)
}

/** The codes declared with `problems`, so that messages can be required for each at compile time. */
export type ProblemCode<Declared> = Declared extends (
  code: infer Code extends string,
  details?: ProblemDetails,
) => Problem
  ? Code
  : never

/** The problem that a page can show. Anything else is a fault and is rethrown. */
export function refusalFrom(error: unknown): Problem {
  if (error instanceof Problem) return error
  throw error
}
