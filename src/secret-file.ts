import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { ConfigurationFault } from './config.ts'
import { knownKeys, rememberKey } from './database/key-check.ts'
import type { Queryable } from './database/open.ts'
import type { Clock } from './kernel/clock.ts'
import type { Random } from './kernel/random.ts'
import { createSecrets, type Secrets } from './kernel/secret.ts'

const keyBytes = 32
const heading =
  '# Master keys of Einlass, newest first. Keep a copy apart from the database: without it nobody can sign in.\n'

/**
 * The master keys, one per line in base64url, newest first. Made with the first start of a new database; a database
 * that was written with a key never gets another one in its place.
 * @throws ConfigurationFault when the file is missing, wrong or not the one the database was written with
 */
export async function openSecrets(file: string, db: Queryable, clock: Clock, random: Random): Promise<Secrets> {
  const known = await knownKeys(db)
  if (!existsSync(file)) {
    if (known.length > 0) {
      throw new ConfigurationFault([
        `EINLASS_SECRET_FILE: ${file} is missing, and the database was written with its key. Restore the file; a new key would lock everybody out.`,
      ])
    }
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, `${heading}${random.bytes(keyBytes).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' })
  }
  const secrets = createSecrets(readKeys(file), random)
  const present = secrets.all('key-check').map((entry) => entry.keyId)
  const absent = known.filter((keyId) => !present.includes(keyId))
  if (absent.length > 0) {
    throw new ConfigurationFault([
      `EINLASS_SECRET_FILE: ${file} lacks a key that the database was written with (${absent.join(', ')}). Add its line again, below the newest.`,
    ])
  }
  const { keyId } = secrets.current('key-check')
  if (!known.includes(keyId)) await rememberKey(db, keyId, clock.now())
  return secrets
}

function readKeys(file: string): readonly Buffer[] {
  const keys = readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => Buffer.from(line, 'base64url'))
  if (keys.length === 0 || keys.some((key) => key.length !== keyBytes)) {
    throw new ConfigurationFault([`EINLASS_SECRET_FILE: ${file} must hold keys of 32 bytes in base64url, one per line`])
  }
  if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600)
  return keys
}
