import type { Queryable } from '#database/open.ts'
import type { FederatedIdentifierTable } from '#database/schema.ts'
import type { AccountId } from '#kernel/id.ts'

export type FederatedIdentifierStore = ReturnType<typeof federatedIdentifierStore>

/** A person at a network. The key is (provider, subject), never an address. */
export type FederatedIdentifier = {
  readonly providerId: string
  readonly subject: string
  readonly accountId: AccountId
  readonly linkedAt: number
  readonly lastUsedAt: number
  /** Set if it was linked before the account's address was proved. It cannot sign in until the address confirms it. */
  readonly quarantinedAt: number | null
}

const toFederatedIdentifier = (row: FederatedIdentifierTable): FederatedIdentifier => ({
  providerId: row.provider_id,
  subject: row.subject,
  accountId: row.account_id as AccountId,
  linkedAt: row.linked_at,
  lastUsedAt: row.last_used_at,
  quarantinedAt: row.quarantined_at,
})

export function federatedIdentifierStore(db: Queryable) {
  return {
    find: async (providerId: string, subject: string): Promise<FederatedIdentifier | undefined> => {
      const row = await db
        .selectFrom('federated_identifier')
        .selectAll()
        .where('provider_id', '=', providerId)
        .where('subject', '=', subject)
        .executeTakeFirst()
      return row && toFederatedIdentifier(row)
    },
    listOfAccount: async (accountId: AccountId): Promise<readonly FederatedIdentifier[]> => {
      const rows = await db
        .selectFrom('federated_identifier')
        .selectAll()
        .where('account_id', '=', accountId)
        .orderBy('linked_at')
        .execute()
      return rows.map(toFederatedIdentifier)
    },
    countOfProvider: async (providerId: string): Promise<number> => {
      const row = await db
        .selectFrom('federated_identifier')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('provider_id', '=', providerId)
        .executeTakeFirstOrThrow()
      return Number(row.count)
    },
    /** @returns false if it is already linked to an account */
    insertIfFree: async (identifier: FederatedIdentifier): Promise<boolean> => {
      const result = await db
        .insertInto('federated_identifier')
        .values({
          provider_id: identifier.providerId,
          subject: identifier.subject,
          account_id: identifier.accountId,
          linked_at: identifier.linkedAt,
          last_used_at: identifier.lastUsedAt,
          quarantined_at: identifier.quarantinedAt,
        })
        .onConflict((conflict) => conflict.columns(['provider_id', 'subject']).doNothing())
        .executeTakeFirst()
      return Number(result.numInsertedOrUpdatedRows ?? 0) === 1
    },
    touch: async (providerId: string, subject: string, now: number): Promise<void> => {
      await db
        .updateTable('federated_identifier')
        .set({ last_used_at: now })
        .where('provider_id', '=', providerId)
        .where('subject', '=', subject)
        .execute()
    },
    /** @returns whether the account was linked to it */
    delete: async (accountId: AccountId, providerId: string): Promise<boolean> => {
      const result = await db
        .deleteFrom('federated_identifier')
        .where('account_id', '=', accountId)
        .where('provider_id', '=', providerId)
        .executeTakeFirst()
      return Number(result.numDeletedRows) > 0
    },
    quarantineOfAccount: async (accountId: AccountId, now: number): Promise<void> => {
      await db
        .updateTable('federated_identifier')
        .set({ quarantined_at: now })
        .where('account_id', '=', accountId)
        .where('quarantined_at', 'is', null)
        .execute()
    },
    liftQuarantine: async (accountId: AccountId, providerId: string, subject: string): Promise<boolean> => {
      const result = await db
        .updateTable('federated_identifier')
        .set({ quarantined_at: null })
        .where('account_id', '=', accountId)
        .where('provider_id', '=', providerId)
        .where('subject', '=', subject)
        .where('quarantined_at', 'is not', null)
        .executeTakeFirst()
      return Number(result.numUpdatedRows) === 1
    },
  }
}
