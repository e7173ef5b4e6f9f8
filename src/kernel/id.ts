import type { Random } from './random.ts'

/** A string type that the compiler keeps apart from other strings. */
export type Brand<Name extends string> = string & { readonly __brand: Name }

export type AccountId = Brand<'AccountId'>
export type SessionId = Brand<'SessionId'>

/** A new row's id: 120 random bits in 20 characters of base64url. Not a secret; secrets come from `secret.ts`. */
export function newId<Id extends string = string>(random: Random): Id {
  return random.bytes(15).toString('base64url') as Id
}

/** No letters or digits that sound or look alike: people read references out on the phone. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** The reference that an error page shows and the log contains, such as `K7QF-3M2P`. */
export function newReference(random: Random): string {
  const characters = Array.from({ length: 8 }, () => alphabet[random.below(alphabet.length)])
  return `${characters.slice(0, 4).join('')}-${characters.slice(4).join('')}`
}
