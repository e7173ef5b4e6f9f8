import type { Queryable } from '#database/open.ts'
import type { ProviderOverrideTable } from '#database/schema.ts'
import type { Override } from './override.ts'

export type OverrideStore = ReturnType<typeof overrideStore>

const toOverride = (row: ProviderOverrideTable): Override => ({
  providerId: row.provider_id,
  state: row.state,
  until: row.until,
  setBy: row.set_by,
  setAt: row.set_at,
})

export function overrideStore(db: Queryable) {
  return {
    /** Overrides that are in effect. */
    list: async (now: number): Promise<readonly Override[]> => {
      const rows = await db.selectFrom('provider_override').selectAll().where('until', '>', now).execute()
      return rows.map(toOverride)
    },
    /** Replaces an earlier one. */
    set: async ({ providerId, state, until, setBy, setAt }: Override): Promise<void> => {
      const values = { state, until, set_by: setBy, set_at: setAt }
      await db
        .insertInto('provider_override')
        .values({ provider_id: providerId, ...values })
        .onConflict((conflict) => conflict.column('provider_id').doUpdateSet(values))
        .execute()
    },
    delete: async (providerId: string): Promise<void> => {
      await db.deleteFrom('provider_override').where('provider_id', '=', providerId).execute()
    },
  }
}
