import { compiled } from '#database/compiled.ts'
import type { Queryable } from '#database/open.ts'
import type { SessionTable } from '#database/schema.ts'
import type { AccountId, SessionId } from '#kernel/id.ts'
import type { Proof } from './proof.ts'
import type { Session } from './session.ts'

export type SessionStore = ReturnType<typeof sessionStore>

const toSession = (row: SessionTable): Session => ({
  id: row.id as SessionId,
  accountId: row.account_id as AccountId,
  proofs: JSON.parse(row.proofs),
  device: row.device,
  clientNetwork: row.client_network,
  createdAt: row.created_at,
  lastSeenAt: row.last_seen_at,
  idleExpiresAt: row.idle_expires_at,
  expiresAt: row.expires_at,
})

export function sessionStore(db: Queryable) {
  const alive = (now: number) =>
    db.selectFrom('session').selectAll().where('expires_at', '>', now).where('idle_expires_at', '>', now)
  const byToken = compiled(db, () => alive(0).where('token_hash', '=', ''))
  return {
    findByToken: async (tokenHash: string, now: number): Promise<Session | undefined> => {
      const [row] = await byToken(now, now, tokenHash)
      return row && toSession(row)
    },
    find: async (id: SessionId, now: number): Promise<Session | undefined> => {
      const row = await alive(now).where('id', '=', id).executeTakeFirst()
      return row && toSession(row)
    },
    /** Latest first. */
    listOfAccount: async (accountId: AccountId, now: number): Promise<readonly Session[]> => {
      const rows = await alive(now).where('account_id', '=', accountId).orderBy('last_seen_at', 'desc').execute()
      return rows.map(toSession)
    },
    insert: async (session: Session, tokenHash: string): Promise<void> => {
      await db
        .insertInto('session')
        .values({
          id: session.id,
          token_hash: tokenHash,
          account_id: session.accountId,
          proofs: JSON.stringify(session.proofs),
          device: session.device,
          client_network: session.clientNetwork,
          created_at: session.createdAt,
          last_seen_at: session.lastSeenAt,
          idle_expires_at: session.idleExpiresAt,
          expires_at: session.expiresAt,
        })
        .execute()
    },
    /** Replaces the session's token and proofs (ASVS 7.2.4). */
    strengthen: async (id: SessionId, tokenHash: string, proofs: readonly Proof[]): Promise<void> => {
      await db
        .updateTable('session')
        .set({ token_hash: tokenHash, proofs: JSON.stringify(proofs) })
        .where('id', '=', id)
        .execute()
    },
    /** Locks the row until commit, so that no other transaction ends the session. @returns whether it still exists */
    lock: async (id: SessionId): Promise<boolean> => {
      const result = await db
        .updateTable('session')
        .set((row) => ({ token_hash: row.ref('token_hash') }))
        .where('id', '=', id)
        .executeTakeFirst()
      return Number(result.numUpdatedRows) === 1
    },
    touch: async (id: SessionId, now: number, idleExpiresAt: number): Promise<void> => {
      await db
        .updateTable('session')
        .set({ last_seen_at: now, idle_expires_at: idleExpiresAt })
        .where('id', '=', id)
        .execute()
    },
    /** @returns the ids of the deleted sessions */
    deleteOfAccount: async (accountId: AccountId, except?: SessionId): Promise<readonly SessionId[]> => {
      let query = db.deleteFrom('session').where('account_id', '=', accountId)
      if (except) query = query.where('id', '<>', except)
      const rows = await query.returning('id').execute()
      return rows.map((row) => row.id as SessionId)
    },
    /** @returns whether the account had this session */
    delete: async (id: SessionId, accountId: AccountId): Promise<boolean> => {
      const result = await db
        .deleteFrom('session')
        .where('id', '=', id)
        .where('account_id', '=', accountId)
        .executeTakeFirst()
      return Number(result.numDeletedRows) === 1
    },
    /** @returns the ids of the expired sessions */
    deletePast: async (now: number): Promise<readonly SessionId[]> => {
      const rows = await db
        .deleteFrom('session')
        .where((where) => where.or([where('expires_at', '<=', now), where('idle_expires_at', '<=', now)]))
        .returning('id')
        .execute()
      return rows.map((row) => row.id as SessionId)
    },
  }
}
