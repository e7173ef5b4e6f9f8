import { hash } from '@node-rs/argon2'
import { openFoundation } from '#compose/index.ts'
import { readCommandConfig } from '#config.ts'
import { parameters } from '#features/password/hasher.ts'
import { registerPortal } from '#features/portal/index.ts'
import { systemClock } from '#kernel/clock.ts'
import { type AccountId, newId } from '#kernel/id.ts'
import { systemRandom } from '#kernel/random.ts'
import { systemTimers } from '#kernel/timers.ts'

export const password = 'korrekt pferd batterie'
export const redirectUri = 'http://localhost:9/callback'

export function addressOf(person: number): string {
  return `person-${person}@example.org`
}

/** Sets up an installation in a folder, with accounts that share a password, and one portal. @returns its secret */
export async function populate(folder: string, people: number): Promise<string> {
  const config = readCommandConfig({
    EINLASS_DATABASE: `sqlite:${folder}/einlass.db`,
    EINLASS_SECRET_FILE: `${folder}/secret`,
  })
  const { database, secrets, ...rest } = await openFoundation(config, {
    clock: systemClock,
    timers: systemTimers,
    random: systemRandom,
  })
  const pepper = secrets.current('pepper')
  const hashed = `${pepper.keyId}$${await hash(password, { ...parameters, secret: pepper.key })}`
  const now = systemClock.now()
  for (let first = 0; first < people; first += 500) {
    await database.inTransaction(async (stores) => {
      for (let person = first; person < Math.min(people, first + 500); person++) {
        const accountId = newId<AccountId>(systemRandom)
        const email = addressOf(person)
        await stores.accounts.insert({
          id: accountId,
          name: `Person ${person}`,
          locale: 'de',
          createdAt: now,
          disabledAt: null,
        })
        await stores.identifiers.insert(
          {
            id: newId(systemRandom),
            accountId,
            kind: 'email',
            canonical: email,
            display: email,
            provedAt: now,
            primary: true,
          },
          now,
        )
        await stores.passwords.set(accountId, hashed, now)
      }
    })
  }
  const secret = await registerPortal(
    { ...rest, secrets, inTransaction: database.inTransaction },
    {
      id: 'bench',
      name: 'Bench',
      redirectUris: [redirectUri],
      postLogoutRedirectUris: [],
      backchannelLogoutUri: null,
      startUri: redirectUri,
      logoUri: null,
      colour: null,
      access: { kind: 'everybody' },
    },
  )
  await database.close()
  return secret
}
