import { sql } from 'kysely'
import { compiled } from '#database/compiled.ts'
import { orUniqueConflict } from '#database/constraint.ts'
import type { Queryable } from '#database/open.ts'
import type { IdentifierTable } from '#database/schema.ts'
import type { AccountId } from '#kernel/id.ts'
import type { AccountIdentifier } from './account.ts'
import type { Identifier } from './identifier.ts'

export type IdentifierStore = ReturnType<typeof identifierStore>

const toIdentifier = (row: IdentifierTable): AccountIdentifier => ({
  id: row.id,
  accountId: row.account_id as AccountId,
  kind: row.kind,
  canonical: row.canonical,
  display: row.display,
  provedAt: row.proved_at,
  primary: row.is_primary === 1,
})

type Named = Pick<Identifier, 'kind' | 'canonical'>

export function identifierStore(db: Queryable) {
  const named = (identifier: Named) =>
    db
      .selectFrom('identifier')
      .selectAll()
      .where('canonical', '=', identifier.canonical)
      .where('kind', '=', identifier.kind)
  const ofAccount = compiled(db, () =>
    db.selectFrom('identifier').selectAll().where('account_id', '=', '').orderBy('created_at').orderBy('id'),
  )
  return {
    /** The one account whose proved identifier this is. */
    findProved: async (identifier: Named): Promise<AccountIdentifier | undefined> => {
      const row = await named(identifier).where('proved_at', 'is not', null).executeTakeFirst()
      return row && toIdentifier(row)
    },
    /** Accounts that claim it without proof, the latest claim first. */
    listClaims: async (identifier: Named): Promise<readonly AccountIdentifier[]> => {
      const rows = await named(identifier).where('proved_at', 'is', null).orderBy('created_at', 'desc').execute()
      return rows.map(toIdentifier)
    },
    listOfAccount: async (accountId: AccountId): Promise<readonly AccountIdentifier[]> => {
      const rows = await ofAccount(accountId)
      return rows.map(toIdentifier)
    },
    /** @throws UniqueConflict when it is proved and another account has proved the same */
    insert: async (identifier: AccountIdentifier, now: number): Promise<void> => {
      const row: IdentifierTable = {
        id: identifier.id,
        account_id: identifier.accountId,
        kind: identifier.kind,
        canonical: identifier.canonical,
        display: identifier.display,
        proved_at: identifier.provedAt,
        is_primary: identifier.primary ? 1 : 0,
        created_at: now,
      }
      await orUniqueConflict(db.insertInto('identifier').values(row).execute())
    },
    /**
     * Marks a claimed identifier of the account as proved; a proved one stays as it is.
     * @returns whether the account still has it: its claim ends when another account proves the same
     * @throws UniqueConflict when another account has proved the same
     */
    prove: async (accountId: AccountId, identifier: Named, now: number): Promise<boolean> => {
      const result = await orUniqueConflict(
        db
          .updateTable('identifier')
          .set({ proved_at: sql<number>`coalesce(proved_at, ${now})` })
          .where('account_id', '=', accountId)
          .where('canonical', '=', identifier.canonical)
          .where('kind', '=', identifier.kind)
          .executeTakeFirst(),
      )
      return Number(result.numUpdatedRows) === 1
    },
    /** Who proves an identifier ends the claims that others had on it. */
    deleteClaims: async (identifier: Named, exceptFor: AccountId): Promise<void> => {
      await db
        .deleteFrom('identifier')
        .where('canonical', '=', identifier.canonical)
        .where('kind', '=', identifier.kind)
        .where('proved_at', 'is', null)
        .where('account_id', '<>', exceptFor)
        .execute()
    },
  }
}
