import type { Connection } from '#database/connection.ts'
import type { AccountId, SessionId } from '#kernel/id.ts'
import type { Proof } from './proof.ts'

/** The data that a session check returns, read in one query. */
export type CheckedSession = {
  readonly sessionId: SessionId
  readonly accountId: AccountId
  readonly name: string
  readonly proofs: readonly Proof[]
  readonly lastSeenAt: number
  /** Expiry if the session is not used again. */
  readonly endsAt: number
  readonly identifiers: readonly { readonly kind: string; readonly canonical: string }[]
}

type Row = {
  readonly id: string
  readonly account_id: string
  readonly proofs: string
  readonly last_seen_at: number
  readonly idle_expires_at: number
  readonly expires_at: number
  readonly name: string
  readonly kind: string | null
  readonly canonical: string | null
}

/** @param rows one for each proved identifier, or a single one with nulls if the account has none */
function toCheckedSession(rows: readonly Row[]): CheckedSession | undefined {
  const row = rows[0]
  return (
    row && {
      sessionId: row.id as SessionId,
      accountId: row.account_id as AccountId,
      name: row.name,
      proofs: JSON.parse(row.proofs),
      lastSeenAt: row.last_seen_at,
      endsAt: Math.min(row.idle_expires_at, row.expires_at),
      identifiers: rows.flatMap(({ kind, canonical }) => (kind && canonical ? [{ kind, canonical }] : [])),
    }
  )
}

export type SessionCheckStore = ReturnType<typeof sessionCheckStore>

/** Runs for every page of every portal behind the same host, so it is a single prepared query. */
export function sessionCheckStore(connection: Connection) {
  const query = connection.prepare((db) =>
    db
      .selectFrom('session')
      .innerJoin('account', 'account.id', 'session.account_id')
      .leftJoin('identifier', (join) =>
        join.onRef('identifier.account_id', '=', 'session.account_id').on('identifier.proved_at', 'is not', null),
      )
      .select([
        'session.id',
        'session.account_id',
        'session.proofs',
        'session.last_seen_at',
        'session.idle_expires_at',
        'session.expires_at',
        'account.name',
        'identifier.kind',
        'identifier.canonical',
      ])
      .where('session.token_hash', '=', '')
      .where('session.expires_at', '>', 0)
      .where('session.idle_expires_at', '>', 0)
      .where('account.disabled_at', 'is', null),
  )
  return {
    /** Synchronous if the database engine is. */
    check: (tokenHash: string, now: number): CheckedSession | undefined | Promise<CheckedSession | undefined> => {
      const rows = query([tokenHash, now, now])
      return rows instanceof Promise ? rows.then(toCheckedSession) : toCheckedSession(rows)
    },
  }
}
