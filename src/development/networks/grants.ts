import type { Clock } from '#kernel/clock.ts'
import { hour, minute } from '#kernel/duration.ts'
import type { Random } from '#kernel/random.ts'
import type { Account } from './account.ts'

/** What a person granted on the account page. */
export type Grant = {
  readonly account: Account
  readonly scopes: readonly string[]
  readonly redirectUri: string
  readonly codeChallenge: string
  readonly nonce: string | undefined
}

type Entry = { readonly grant: Grant; readonly expiresAt: number; readonly code: string; spent: boolean }

export type Grants = {
  /** Issues a code that can be used once, within a minute. */
  readonly issueCode: (grant: Grant) => string
  /** Consumes a code. A second use revokes the access tokens of the first (RFC 6749, section 4.1.2). */
  readonly redeem: (code: string) => Grant | undefined
  readonly issueToken: (code: string, grant: Grant) => string
  readonly findByToken: (token: string) => Grant | undefined
}

export const codeLifetime = minute
export const tokenLifetime = hour

export function createGrants(clock: Clock, random: Random): Grants {
  const codes = new Map<string, Entry>()
  const tokens = new Map<string, Entry>()

  const add = (entries: Map<string, Entry>, lifetime: number, grant: Grant, code?: string): string => {
    for (const [key, { expiresAt }] of entries) if (expiresAt <= clock.now()) entries.delete(key)
    const key = random.bytes(24).toString('base64url')
    entries.set(key, { grant, expiresAt: clock.now() + lifetime, code: code ?? key, spent: false })
    return key
  }
  const find = (entries: Map<string, Entry>, key: string): Entry | undefined => {
    const entry = entries.get(key)
    return entry && entry.expiresAt > clock.now() ? entry : undefined
  }

  return {
    issueCode: (grant) => add(codes, codeLifetime, grant),
    redeem: (code) => {
      const entry = find(codes, code)
      if (!entry) return undefined
      if (!entry.spent) {
        entry.spent = true
        return entry.grant
      }
      for (const [token, { code: origin }] of tokens) if (origin === code) tokens.delete(token)
      return undefined
    },
    issueToken: (code, grant) => add(tokens, tokenLifetime, grant, code),
    findByToken: (token) => find(tokens, token)?.grant,
  }
}
