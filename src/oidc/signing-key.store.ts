import type { Queryable } from '#database/open.ts'

export type SigningKeyStore = ReturnType<typeof signingKeyStore>

export type SigningKey = {
  /** `kid` */
  readonly id: string
  readonly algorithm: string
  /** JWK as JSON, encrypted. */
  readonly privateKey: string
  readonly createdAt: number
  /** When it starts to sign. It is published as soon as it is created. */
  readonly activeAt: number
  /** When it stops being published; null while that is not decided. */
  readonly retiredAt: number | null
}

export function signingKeyStore(db: Queryable) {
  return {
    /** Newest first. */
    list: async (): Promise<readonly SigningKey[]> => {
      const rows = await db.selectFrom('signing_key').selectAll().orderBy('created_at', 'desc').orderBy('id').execute()
      return rows.map((row) => ({
        id: row.id,
        algorithm: row.algorithm,
        privateKey: row.private_key,
        createdAt: row.created_at,
        activeAt: row.active_at,
        retiredAt: row.retired_at,
      }))
    },
    insert: async (key: SigningKey): Promise<void> => {
      await db
        .insertInto('signing_key')
        .values({
          id: key.id,
          algorithm: key.algorithm,
          private_key: key.privateKey,
          created_at: key.createdAt,
          active_at: key.activeAt,
          retired_at: key.retiredAt,
        })
        .execute()
    },
    /** Sets when all other keys stop being published, unless that is decided already. */
    retireOthers: async (except: readonly string[], retiredAt: number): Promise<void> => {
      await db
        .updateTable('signing_key')
        .set({ retired_at: retiredAt })
        .where('id', 'not in', [...except])
        .where('retired_at', 'is', null)
        .execute()
    },
  }
}
