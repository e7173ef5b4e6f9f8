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

type IdentifierKey = Pick<Identifier, 'kind' | 'canonical'>

export function identifierStore(db: Queryable) {
  const select = (identifier: IdentifierKey) =>
    db
      .selectFrom('identifier')
      .selectAll()
      .where('canonical', '=', identifier.canonical)
      .where('kind', '=', identifier.kind)
  const ofAccount = compiled(db, () =>
    db.selectFrom('identifier').selectAll().where('account_id', '=', '').orderBy('created_at').orderBy('id'),
  )
  return {
    /** At most one account has proved an identifier. */
    findProved: async (identifier: IdentifierKey): Promise<AccountIdentifier | undefined> => {
      const row = await select(identifier).where('proved_at', 'is not', null).executeTakeFirst()
      return row && toIdentifier(row)
    },
    /** Unproved claims to the identifier, latest first. */
    listClaims: async (identifier: IdentifierKey): Promise<readonly AccountIdentifier[]> => {
      const rows = await select(identifier).where('proved_at', 'is', null).orderBy('created_at', 'desc').execute()
      return rows.map(toIdentifier)
    },
    listOfAccount: async (accountId: AccountId): Promise<readonly AccountIdentifier[]> => {
      const rows = await ofAccount(accountId)
      return rows.map(toIdentifier)
    },
    /** @throws UniqueConflict if it is proved and another account has proved the same */
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
     * Marks a claimed identifier of the account as proved. A proved one keeps its time.
     * @returns false if the account no longer has it: its claim ends when another account proves the same
     * @throws UniqueConflict if another account has proved the same
     */
    prove: async (accountId: AccountId, identifier: IdentifierKey, now: number): Promise<boolean> => {
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
    /** Deletes the claims of all other accounts to an identifier that was proved. */
    deleteClaims: async (identifier: IdentifierKey, exceptFor: AccountId): Promise<void> => {
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
