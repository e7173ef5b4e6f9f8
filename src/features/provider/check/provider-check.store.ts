import type { Queryable } from '#database/open.ts'
import type { ProviderCheckTable } from '#database/schema.ts'
import type { ProviderCheck } from './provider-check.ts'

export type ProviderCheckStore = ReturnType<typeof providerCheckStore>

const toCheck = (row: ProviderCheckTable): ProviderCheck => ({
  providerId: row.provider_id,
  checkedAt: row.checked_at,
  discovery: JSON.parse(row.discovery),
  findings: JSON.parse(row.findings),
  codeRejectedAt: row.said_no_at,
})

const toRow = (check: ProviderCheck): ProviderCheckTable => ({
  provider_id: check.providerId,
  checked_at: check.checkedAt,
  discovery: JSON.stringify(check.discovery),
  findings: JSON.stringify(check.findings),
  said_no_at: check.codeRejectedAt,
})

export function providerCheckStore(db: Queryable) {
  return {
    find: async (providerId: string): Promise<ProviderCheck | undefined> => {
      const row = await db
        .selectFrom('provider_check')
        .selectAll()
        .where('provider_id', '=', providerId)
        .executeTakeFirst()
      return row && toCheck(row)
    },
    list: async (): Promise<readonly ProviderCheck[]> => {
      const rows = await db.selectFrom('provider_check').selectAll().orderBy('provider_id').execute()
      return rows.map(toCheck)
    },
    save: async (check: ProviderCheck): Promise<void> => {
      const { provider_id: _, ...values } = toRow(check)
      await db
        .insertInto('provider_check')
        .values(toRow(check))
        .onConflict((conflict) => conflict.column('provider_id').doUpdateSet(values))
        .execute()
    },
    /**
     * Claims a check that was last made before an instant, or never, so that only one node makes it.
     * @returns whether the caller may make it
     */
    claim: async (providerId: string, before: number, now: number): Promise<boolean> => {
      const first = toRow({ providerId, checkedAt: now, discovery: null, findings: [], codeRejectedAt: null })
      const result = await db
        .insertInto('provider_check')
        .values(first)
        .onConflict((conflict) =>
          conflict
            .column('provider_id')
            .doUpdateSet({ checked_at: now })
            .where('provider_check.checked_at', '<', before),
        )
        .executeTakeFirst()
      return Number(result.numInsertedOrUpdatedRows) === 1
    },
    /** Deletes the checks of removed providers. */
    deleteOrphans: async (): Promise<void> => {
      await db
        .deleteFrom('provider_check')
        .where('provider_id', 'not in', db.selectFrom('provider').select('id'))
        .execute()
    },
  }
}
