import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { ConfigurationFault } from '#config.ts'
import { knownKeys, rememberKey } from '#database/key-check.ts'
import type { Queryable } from '#database/open.ts'
import type { Clock } from '#kernel/clock.ts'
import type { Random } from '#kernel/random.ts'
import { createSecrets, type Secrets } from '#kernel/secret.ts'

const keyBytes = 32
const heading =
  '# Master keys of Einlass, newest first. Keep a copy separate from the database: without it no one can sign in.\n'

/**
 * Reads the master keys, one per line in base64url, newest first. Creates the file on the first start with a new
 * database, but never for a database that was written with a key before.
 * @throws ConfigurationFault if the file is missing, malformed or lacks a key that the database was written with
 */
export async function openSecrets(file: string, db: Queryable, clock: Clock, random: Random): Promise<Secrets> {
  const requiredKeys = await knownKeys(db)
  if (!existsSync(file)) {
    if (requiredKeys.length > 0) {
      throw fault(
        `${file} is missing, but the database uses its key. Restore the file: a new key would lock everyone out.`,
      )
    }
    write(file, `${heading}${random.bytes(keyBytes).toString('base64url')}\n`)
  }
  const secrets = createSecrets(readKeys(file), random)
  const inFile = secrets.all('key-check').map((entry) => entry.keyId)
  const missing = requiredKeys.filter((keyId) => !inFile.includes(keyId))
  if (missing.length > 0) {
    throw fault(
      `${file} lacks a key that the database uses (${missing.join(', ')}). Add its line back, below the newest.`,
    )
  }
  const { keyId } = secrets.current('key-check')
  if (!requiredKeys.includes(keyId)) await rememberKey(db, keyId, clock.now())
  return secrets
}

/** Never overwrites an existing file: another node that starts at the same time may have created it. */
function write(file: string, content: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content, { mode: 0o600, flag: 'wx', flush: true })
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw fault(`${file} can't be created: ${wordsOf(error)}`)
  }
}

function readKeys(file: string): readonly Buffer[] {
  const lines = read(file)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
  const keys = lines.map((line) => Buffer.from(line, 'base64url'))
  // Node's decoder skips invalid characters, which would silently turn a mistyped key into another one.
  const isKey = (key: Buffer, index: number) => key.length === keyBytes && key.toString('base64url') === lines[index]
  if (keys.length === 0 || !keys.every(isKey))
    throw fault(`${file} must contain keys of 32 bytes in base64url, one per line`)
  if (keys.some((key) => new Set(key).size < keyBytes / 4)) throw fault(`${file} contains a key that is not random`)
  return keys
}

function read(file: string): string {
  try {
    const content = readFileSync(file, 'utf8')
    if ((statSync(file).mode & 0o077) !== 0) closeToOthers(file)
    return content
  } catch (error) {
    throw fault(`${file} can't be read: ${wordsOf(error)}`)
  }
}

/** Ignores errors for files owned by another user or on read-only mounts. */
function closeToOthers(file: string): void {
  try {
    chmodSync(file, 0o600)
  } catch (error) {
    if (!isCode(error, 'EROFS') && !isCode(error, 'EPERM')) throw error
  }
}

function fault(words: string): ConfigurationFault {
  return new ConfigurationFault([`EINLASS_SECRET_FILE: ${words}`])
}

function isCode(error: unknown, code: string): boolean {
  return (error as NodeJS.ErrnoException).code === code
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
