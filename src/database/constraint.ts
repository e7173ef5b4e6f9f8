/** A unique constraint was violated, on either engine. */
export class UniqueConflict extends Error {
  constructor(cause: unknown) {
    super('unique constraint', { cause })
    this.name = 'UniqueConflict'
  }
}

const sqliteUnique = new Set([1555, 2067])
const postgresUnique = '23505'
const postgresRetry = new Set(['40001', '40P01'])

/** SQLite reports `errcode`, PostgreSQL `code` (SQLSTATE). */
function isUniqueViolation(error: unknown): boolean {
  const { errcode, code } = error as { errcode?: number; code?: string }
  return sqliteUnique.has(errcode ?? 0) || code === postgresUnique
}

/** Serialization failure or deadlock: retry the whole transaction. */
export function isRetryable(error: unknown): boolean {
  return postgresRetry.has((error as { code?: string }).code ?? '')
}

/** Runs a write and turns a unique violation of either engine into `UniqueConflict`. */
export async function orUniqueConflict<T>(write: Promise<T>): Promise<T> {
  try {
    return await write
  } catch (error) {
    throw isUniqueViolation(error) ? new UniqueConflict(error) : error
  }
}
