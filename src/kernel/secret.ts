import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import type { Random } from './random.ts'

/**
 * What a secret is used for. Each purpose has its own key, derived with HKDF (RFC 5869), so that a token of one purpose
 * never has the hash of a token of another, even if the same characters are sent.
 */
export type Purpose =
  | 'session'
  | 'browser'
  | 'known-browser'
  | 'csrf'
  | 'link'
  | 'federation-state'
  | 'counter'
  | 'client-network'
  | 'outbox'
  | 'client-secret'
  | 'provider-secret'
  | 'federation-verifier'
  | 'signing-key'
  | 'engine-cookie'
  | 'engine-token'
  | 'pepper'
  | 'key-check'

export type Bearer = {
  /** Sent to the person once; never stored. */
  readonly token: string
  /** Stored in the database. */
  readonly hash: string
}

export type Secrets = {
  /** A new secret of 256 random bits, prefixed with the id of the key that hashes it, so that keys can be rotated. */
  readonly issue: (purpose: Purpose) => Bearer
  /** The keyed hash under which a bearer secret is stored: 43 characters of base64url. */
  readonly hash: (purpose: Purpose, token: string) => string
  /** A stable keyed hash of something that must not be stored in the clear, such as an address in a counter. */
  readonly keyed: (purpose: Purpose, value: string) => string
  /** AES-256-GCM with a random nonce: `<key id>.<nonce>.<ciphertext and tag>`. */
  readonly encrypt: (purpose: Purpose, plain: string) => string
  readonly decrypt: (purpose: Purpose, text: string) => string
  /** The newest key for a purpose and its id, for libraries that need a raw key. */
  readonly current: (purpose: Purpose) => { readonly keyId: string; readonly key: Buffer }
  /** All keys for a purpose, newest first. */
  readonly all: (purpose: Purpose) => readonly { readonly keyId: string; readonly key: Buffer }[]
}

const keyLength = 32

/** The id of a master key: not secret, and the same for every purpose. */
function keyIdOf(master: Buffer): string {
  return createHash('sha256').update('einlass key name').update(master).digest('base64url').slice(0, 6)
}

/** @param masters 32 random bytes each, newest first. Older ones still decrypt and verify what was made with them. */
export function createSecrets(masters: readonly Buffer[], random: Random): Secrets {
  const named = masters.map((master) => ({ keyId: keyIdOf(master), master }))
  const newest = named[0]
  if (!newest) throw new Error('at least one master key is required')
  const derived = new Map<string, Buffer>()

  const derive = (purpose: Purpose, master: Buffer, keyId: string): Buffer => {
    const id = `${keyId} ${purpose}`
    let key = derived.get(id)
    if (!key) {
      key = Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), `einlass ${purpose}`, keyLength))
      derived.set(id, key)
    }
    return key
  }
  const current = (purpose: Purpose) => ({ keyId: newest.keyId, key: derive(purpose, newest.master, newest.keyId) })
  const find = (purpose: Purpose, keyId: string): Buffer | undefined => {
    const found = named.find((entry) => entry.keyId === keyId)
    return found && derive(purpose, found.master, keyId)
  }
  const hmac = (key: Buffer, value: string) => createHmac('sha256', key).update(value).digest('base64url')
  const hash = (purpose: Purpose, token: string) =>
    hmac(find(purpose, token.slice(0, token.indexOf('.'))) ?? current(purpose).key, token)

  return {
    current,
    all: (purpose) => named.map(({ keyId, master }) => ({ keyId, key: derive(purpose, master, keyId) })),
    hash,
    issue: (purpose) => {
      const token = `${newest.keyId}.${random.bytes(32).toString('base64url')}`
      return { token, hash: hash(purpose, token) }
    },
    keyed: (purpose, value) => hmac(current(purpose).key, value),
    encrypt: (purpose, plain) => {
      const { keyId, key } = current(purpose)
      const nonce = random.bytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return `${keyId}.${nonce.toString('base64url')}.${body.toString('base64url')}`
    },
    decrypt: (purpose, text) => {
      const [keyId = '', nonce = '', body = ''] = text.split('.')
      const key = find(purpose, keyId)
      if (!key) throw new Error(`the key ${keyId} that encrypted this is not in the secret file`)
      const bytes = Buffer.from(body, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'))
      decipher.setAuthTag(bytes.subarray(-16))
      return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString('utf8')
    },
  }
}

/** Compares two secrets in constant time. Texts of different length are unequal. */
export function sameSecret(a: string, b: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest()
  return timingSafeEqual(digest(a), digest(b))
}
