import { compiled } from '#database/compiled.ts'
import type { Queryable } from '#database/open.ts'
import type { EngineArtifactTable } from '#database/schema.ts'
import type { SessionId } from '#kernel/id.ts'

export type ArtifactStore = ReturnType<typeof artifactStore>

/** Something the engine stores: a code, a token, a grant, an interaction, or its own session. */
export type Artifact = {
  readonly model: string
  /** Keyed hash of the engine's identifier, which for most models is a secret. */
  readonly id: string
  readonly payload: Readonly<Record<string, unknown>>
  readonly grantId: string | null
  readonly uid: string | null
  /** The account's session that it ends with. */
  readonly sessionId: SessionId | null
  readonly createdAt: number
  readonly consumedAt: number | null
  readonly expiresAt: number | null
}

const toArtifact = (row: EngineArtifactTable): Artifact => ({
  model: row.model,
  id: row.id,
  payload: JSON.parse(row.payload),
  grantId: row.grant_id,
  uid: row.uid,
  sessionId: row.session_id as SessionId | null,
  createdAt: row.created_at,
  consumedAt: row.consumed_at,
  expiresAt: row.expires_at,
})

const toRow = (artifact: Artifact): EngineArtifactTable => ({
  model: artifact.model,
  id: artifact.id,
  payload: JSON.stringify(artifact.payload),
  grant_id: artifact.grantId,
  uid: artifact.uid,
  session_id: artifact.sessionId,
  created_at: artifact.createdAt,
  consumed_at: artifact.consumedAt,
  expires_at: artifact.expiresAt,
})

export function artifactStore(db: Queryable) {
  const ofModel = (model: string) => db.selectFrom('engine_artifact').selectAll().where('model', '=', model)
  const byId = compiled(db, () => ofModel('').where('id', '=', ''))
  return {
    find: async (model: string, id: string): Promise<Artifact | undefined> => {
      const [row] = await byId(model, id)
      return row && toArtifact(row)
    },
    findByUid: async (model: string, uid: string): Promise<Artifact | undefined> => {
      const row = await ofModel(model).where('uid', '=', uid).executeTakeFirst()
      return row && toArtifact(row)
    },
    /** Engine sessions that belong to these sessions of accounts. */
    listSessions: async (sessionIds: readonly SessionId[]): Promise<readonly Artifact[]> => {
      const rows = await ofModel('Session')
        .where('session_id', 'in', [...sessionIds])
        .execute()
      return rows.map(toArtifact)
    },
    upsert: async (artifact: Artifact): Promise<void> => {
      const { model: _model, id: _id, created_at: _created, consumed_at: _consumed, ...changing } = toRow(artifact)
      await db
        .insertInto('engine_artifact')
        .values(toRow(artifact))
        .onConflict((conflict) => conflict.columns(['model', 'id']).doUpdateSet(changing))
        .execute()
    },
    /** @returns false if it exists already */
    insertNew: async (artifact: Artifact): Promise<boolean> => {
      const result = await db
        .insertInto('engine_artifact')
        .values(toRow(artifact))
        .onConflict((conflict) => conflict.columns(['model', 'id']).doNothing())
        .executeTakeFirst()
      return Number(result.numInsertedOrUpdatedRows) === 1
    },
    /**
     * Consumes once, as a conditional write.
     * @param grace milliseconds after the first use in which another use still succeeds
     * @returns whether the caller may use it
     */
    consume: async (model: string, id: string, now: number, grace: number): Promise<boolean> => {
      const result = await db
        .updateTable('engine_artifact')
        .set(({ fn, val }) => ({ consumed_at: fn.coalesce('consumed_at', val(now)) }))
        .where('model', '=', model)
        .where('id', '=', id)
        .where(({ or, eb }) => {
          const unused = eb('consumed_at', 'is', null)
          return grace > 0 ? or([unused, eb('consumed_at', '>', now - grace)]) : unused
        })
        .executeTakeFirst()
      return Number(result.numUpdatedRows) === 1
    },
    delete: async (model: string, id: string): Promise<void> => {
      await db.deleteFrom('engine_artifact').where('model', '=', model).where('id', '=', id).execute()
    },
    deleteOfGrant: async (model: string, grantId: string): Promise<void> => {
      await db.deleteFrom('engine_artifact').where('model', '=', model).where('grant_id', '=', grantId).execute()
    },
    /** Deletes all that belongs to these sessions: the engine's sessions, grants, and the grants' codes and tokens. */
    deleteOfSessions: async (sessionIds: readonly SessionId[]): Promise<void> => {
      const ids = [...sessionIds]
      const grants = db
        .selectFrom('engine_artifact')
        .select('uid')
        .where('model', '=', 'Grant')
        .where('session_id', 'in', ids)
      await db.deleteFrom('engine_artifact').where('grant_id', 'in', grants).execute()
      await db.deleteFrom('engine_artifact').where('session_id', 'in', ids).execute()
    },
    /** Deletes the grants, codes and tokens of a client. Its id needs no escape: it has neither quotes nor wildcards. */
    deleteOfClient: async (clientId: string): Promise<void> => {
      await db.deleteFrom('engine_artifact').where('payload', 'like', `%"clientId":"${clientId}"%`).execute()
    },
    deletePast: async (now: number): Promise<void> => {
      await db.deleteFrom('engine_artifact').where('expires_at', '<=', now).execute()
    },
  }
}
