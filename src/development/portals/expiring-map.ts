import type { Clock } from '#kernel/clock.ts'
import type { Random } from '#kernel/random.ts'

/** Keeps things in memory for a while, each under a key that can't be guessed. */
export type ExpiringMap<Thing> = {
  readonly put: (thing: Thing) => string
  readonly find: (key: string | undefined) => Thing | undefined
  readonly take: (key: string | undefined) => Thing | undefined
  readonly removeWhere: (matches: (thing: Thing) => boolean) => void
}

export function createExpiringMap<Thing>(lifetime: number, clock: Clock, random: Random): ExpiringMap<Thing> {
  const entries = new Map<string, { readonly thing: Thing; readonly expiresAt: number }>()
  const find = (key = '') => {
    const entry = entries.get(key)
    return entry && entry.expiresAt > clock.now() ? entry.thing : undefined
  }
  return {
    find,
    put: (thing) => {
      for (const [key, { expiresAt }] of entries) if (expiresAt <= clock.now()) entries.delete(key)
      const key = random.bytes(32).toString('base64url')
      entries.set(key, { thing, expiresAt: clock.now() + lifetime })
      return key
    },
    take: (key = '') => {
      const thing = find(key)
      entries.delete(key)
      return thing
    },
    removeWhere: (matches) => {
      for (const [key, { thing }] of entries) if (matches(thing)) entries.delete(key)
    },
  }
}
