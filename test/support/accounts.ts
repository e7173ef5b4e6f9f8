import { type AccountId, newId } from '#kernel/id.ts'
import { systemRandom } from '#kernel/random.ts'
import type { TestApp } from './app.ts'

/** Writes an account without anything. */
export async function insertAccount({ clock, database }: TestApp): Promise<AccountId> {
  const id = newId<AccountId>(systemRandom)
  const account = { id, name: 'Anna', locale: 'de', createdAt: clock.now(), disabledAt: null } as const
  await database.inTransaction(({ accounts }) => accounts.insert(account))
  return id
}
