import assert from 'node:assert/strict'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, describe, test } from 'node:test'
import { ConfigurationFault } from '#config.ts'
import { migrate, openConnection, type Queryable } from '#database/open.ts'
import { systemRandom } from '#kernel/random.ts'
import { openSecrets } from './secret-file.ts'

const clock = { now: () => 1_000 }
const newKey = () => systemRandom.bytes(32).toString('base64url')

describe('the secret file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'einlass-secret-'))
  let db: Queryable
  let file: string
  let files = 0

  beforeEach(async () => {
    const connection = await openConnection('sqlite::memory:', () => {})
    await migrate(connection)
    db = connection.migrator
    files += 1
    file = join(folder, String(files), 'secret')
  })
  after(() => rmSync(folder, { recursive: true }))

  const open = () => openSecrets(file, db, clock, systemRandom)
  const write = (...lines: readonly string[]) => {
    mkdirSync(join(folder, String(files)), { recursive: true })
    writeFileSync(file, lines.join('\n'))
  }
  const refused = (words: RegExp) =>
    assert.rejects(open(), (error) => error instanceof ConfigurationFault && words.test(error.message))

  test('CRY-3: is created once, readable only by its owner, and opened again', async () => {
    const first = await open()
    assert.equal(statSync(file).mode & 0o777, 0o600)
    const { token, hash } = first.issue('session')
    assert.equal((await open()).hash('session', token), hash)
  })

  test('F23: once the database knows a key, a lost file is never replaced', async () => {
    await open()
    rmSync(file)
    await refused(/is missing, but the database uses its key/)
    assert.equal(existsSync(file), false)
  })

  test('F23: a key other than the one that the database was written with is refused', async () => {
    await open()
    write(newKey())
    await refused(/lacks a key that the database uses/)
  })

  test('F23: keys in the wrong order still decrypt existing data, and a new key may be put first', async () => {
    await open()
    const old = readFileSync(file, 'utf8')
    const { token, hash } = (await open()).issue('session')
    write(newKey(), old)
    const rotated = await open()
    assert.equal(rotated.hash('session', token), hash)
    const newer = rotated.issue('session')
    write(...readFileSync(file, 'utf8').split('\n').toReversed())
    assert.equal((await open()).hash('session', newer.token), newer.hash)
    write(old)
    await refused(/lacks a key/)
  })

  test('CRY-3: anything but keys of 32 random bytes is refused with a message that names the file', async () => {
    const wrong = {
      'an empty file': [],
      'a comment alone': ['# keys'],
      'a short key': [systemRandom.bytes(16).toString('base64url')],
      'a long key': [systemRandom.bytes(33).toString('base64url')],
      'a password': ['changeme'],
      hexadecimal: [systemRandom.bytes(32).toString('hex')],
      'a key with a slip in it': [`${newKey().slice(0, 20)}!!${newKey().slice(0, 23)}`],
      'a good key and a bad one': [newKey(), 'x'],
    }
    for (const [name, lines] of Object.entries(wrong)) {
      write(...lines)
      await assert.rejects(open(), (error) => {
        assert.ok(error instanceof ConfigurationFault && error.message.includes(file), name)
        assert.ok(
          lines.every((line) => line.length < 8 || !error.message.includes(line)),
          `${name} is repeated`,
        )
        return true
      })
    }
    for (const zeros of [Buffer.alloc(32), Buffer.alloc(32, 'ab')]) {
      write(zeros.toString('base64url'))
      await refused(/not random/)
    }
  })

  test('F23: an unreadable file is reported as a configuration fault, not a crash', async () => {
    mkdirSync(file, { recursive: true })
    await refused(/can't be read/)
  })

  test('a file that others can read is made private', async () => {
    write(newKey())
    chmodSync(file, 0o644)
    await open()
    assert.equal(statSync(file).mode & 0o777, 0o600)
  })

  test('two nodes that start at the same time agree on one key', async () => {
    const [one, other] = await Promise.all([open(), open()])
    const { token, hash } = one.issue('session')
    assert.equal(other.hash('session', token), hash)
  })
})
