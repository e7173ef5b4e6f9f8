import type { Connection } from '#database/connection.ts'
import type { AccountId, SessionId } from '#kernel/id.ts'
import type { Proof } from './proof.ts'

/** What a session check tells, read in one query. */
export type CheckedSession = {
  readonly sessionId: SessionId
  readonly accountId: AccountId
  readonly name: string
  readonly proofs: readonly Proof[]
  readonly lastSeenAt: number
  /** When it ends unless it is used. */
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

/** One row for each identifier, or one without any. */
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

/** The one question that is asked for every page of every portal behind us, so it costs one prepared query. */
export function sessionCheckStore(connection: Connection) {
  const ask = connection.prepare((db) =>
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
    /** Answers at once on an engine that does. */
    check: (tokenHash: string, now: number): CheckedSession | undefined | Promise<CheckedSession | undefined> => {
      const rows = ask([tokenHash, now, now])
      return rows instanceof Promise ? rows.then(toCheckedSession) : toCheckedSession(rows)
    },
  }
}
