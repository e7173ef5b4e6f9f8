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

/** Writes an address to an account, proved or only claimed. */
export async function insertAddress(
  { clock, database }: TestApp,
  accountId: AccountId,
  email: string,
  state: 'proved' | 'claimed',
): Promise<void> {
  const now = clock.now()
  const provedAt = state === 'proved' ? now : null
  const names = { kind: 'email', canonical: email, display: email } as const
  const row = { id: newId(systemRandom), accountId, ...names, provedAt, primary: true }
  await database.inTransaction(({ identifiers }) => identifiers.insert(row, now))
}
