import type { Random } from './random.ts'

/** A string that can't be mixed up with another kind of string. */
export type Brand<Name extends string> = string & { readonly __brand: Name }

export type AccountId = Brand<'AccountId'>
export type SessionId = Brand<'SessionId'>

/** A new row's id: 120 random bits in 20 characters of base64url. Not a secret; secrets come from `secret.ts`. */
export function newId<Id extends string = string>(random: Random): Id {
  return random.bytes(15).toString('base64url') as Id
}

/** Without letters and digits that sound or look alike: a reference is read out on the telephone. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** What people are told for questions, and what the log knows: `K7QF-3M2P`. */
export function newReference(random: Random): string {
  const characters = Array.from({ length: 8 }, () => alphabet[random.below(alphabet.length)])
  return `${characters.slice(0, 4).join('')}-${characters.slice(4).join('')}`
}
