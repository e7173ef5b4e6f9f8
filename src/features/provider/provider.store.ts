import { orUniqueConflict } from '#database/constraint.ts'
import type { Queryable } from '#database/open.ts'
import type { ProviderTable } from '#database/schema.ts'
import type { Provider } from './provider.ts'

export type ProviderStore = ReturnType<typeof providerStore>

const toProvider = (row: ProviderTable): Provider => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  logo: row.logo,
  issuer: row.issuer,
  clientId: row.client_id,
  clientSecret: row.client_secret,
  settings: JSON.parse(row.settings),
  enabled: row.enabled === 1,
  createdAt: row.created_at,
  secretExpiresAt: row.secret_expires_at,
})

const toRow = (provider: Provider): ProviderTable => ({
  id: provider.id,
  kind: provider.kind,
  name: provider.name,
  logo: provider.logo,
  issuer: provider.issuer,
  client_id: provider.clientId,
  client_secret: provider.clientSecret,
  settings: JSON.stringify(provider.settings),
  enabled: provider.enabled ? 1 : 0,
  created_at: provider.createdAt,
  secret_expires_at: provider.secretExpiresAt,
})

export function providerStore(db: Queryable) {
  return {
    find: async (id: string): Promise<Provider | undefined> => {
      const row = await db.selectFrom('provider').selectAll().where('id', '=', id).executeTakeFirst()
      return row && toProvider(row)
    },
    /** In the order of creation. */
    list: async (): Promise<readonly Provider[]> => {
      const rows = await db.selectFrom('provider').selectAll().orderBy('created_at').orderBy('id').execute()
      return rows.map(toProvider)
    },
    /** @throws UniqueConflict if the id or the issuer is taken */
    insert: async (provider: Provider): Promise<void> => {
      await orUniqueConflict(db.insertInto('provider').values(toRow(provider)).execute())
    },
    /** Enables a disabled provider again, with new settings. @returns whether there was one with this id and issuer */
    reactivate: async (provider: Provider): Promise<boolean> => {
      const { id, issuer, created_at: _, ...values } = toRow(provider)
      const result = await db
        .updateTable('provider')
        .set(values)
        .where('id', '=', id)
        .where('issuer', '=', issuer)
        .where('enabled', '=', 0)
        .executeTakeFirst()
      return Number(result.numUpdatedRows) === 1
    },
    /** @returns whether there was one */
    switchOff: async (id: string): Promise<boolean> => {
      const result = await db.updateTable('provider').set({ enabled: 0 }).where('id', '=', id).executeTakeFirst()
      return Number(result.numUpdatedRows) === 1
    },
    /** @returns whether there was one */
    delete: async (id: string): Promise<boolean> => {
      const result = await db.deleteFrom('provider').where('id', '=', id).executeTakeFirst()
      return Number(result.numDeletedRows) === 1
    },
  }
}
