import type { Clock } from '#kernel/clock.ts'
import type { Random } from '#kernel/random.ts'

/** Keeps values in memory until they expire, under keys that cannot be guessed. */
export type ExpiringMap<Value> = {
  readonly put: (value: Value) => string
  readonly find: (key: string | undefined) => Value | undefined
  readonly take: (key: string | undefined) => Value | undefined
  readonly removeWhere: (matches: (value: Value) => boolean) => void
}

export function createExpiringMap<Value>(lifetime: number, clock: Clock, random: Random): ExpiringMap<Value> {
  const entries = new Map<string, { readonly value: Value; readonly expiresAt: number }>()
  const find = (key = '') => {
    const entry = entries.get(key)
    return entry && entry.expiresAt > clock.now() ? entry.value : undefined
  }
  return {
    find,
    put: (value) => {
      for (const [key, { expiresAt }] of entries) if (expiresAt <= clock.now()) entries.delete(key)
      const key = random.bytes(32).toString('base64url')
      entries.set(key, { value, expiresAt: clock.now() + lifetime })
      return key
    },
    take: (key = '') => {
      const value = find(key)
      entries.delete(key)
      return value
    },
    removeWhere: (matches) => {
      for (const [key, { value }] of entries) if (matches(value)) entries.delete(key)
    },
  }
}
