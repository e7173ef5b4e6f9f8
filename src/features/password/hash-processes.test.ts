import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { hashSync } from '@node-rs/argon2'
import { systemRandom } from '#kernel/random.ts'
import { createSecrets, type Secrets } from '#kernel/secret.ts'
import { startHashProcesses } from './hash-processes.ts'
import { type Hasher, parameters } from './hasher.ts'
import { normalizePassword } from './password-policy.ts'

const workerFile = fileURLToPath(new URL('./hash-worker.ts', import.meta.url))
const [old, fresh] = [systemRandom.bytes(32), systemRandom.bytes(32)]
const secrets = createSecrets([old], systemRandom)

describe('hash processes', () => {
  const started: Hasher[] = []
  const start = (keys: Secrets, processes = 1) => {
    const hasher = startHashProcesses({ workerFile, secrets: keys, processes })
    started.push(hasher)
    return hasher
  }
  after(() => Promise.all(started.map((hasher) => hasher.close())))
  const hasher = start(secrets, 2)

  test('the whole password is compared: the last character matters at every length', async () => {
    for (const bytes of [15, 64, 72, 73, 128, 1024]) {
      const password = 'x'.repeat(bytes - 1)
      const stored = await hasher.hash(`${password}a`)
      assert.deepEqual(await hasher.verify(stored, `${password}a`), { right: true, outdated: false }, String(bytes))
      assert.equal((await hasher.verify(stored, `${password}b`)).right, false, String(bytes))
    }
  })

  test('a stored hash contains its key id and cost, and is salted', async () => {
    const [one, other] = await Promise.all([hasher.hash('the same password'), hasher.hash('the same password')])
    const { memoryCost, timeCost, parallelism } = parameters
    assert.ok(
      one.startsWith(
        `${secrets.current('pepper').keyId}$$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$`,
      ),
    )
    assert.notEqual(one, other)
  })

  test('D7: \u00e9 typed as one code point or as two is the same password', async () => {
    const stored = await hasher.hash(normalizePassword('caf\u00e9 am ruhigen ufer'))
    assert.equal((await hasher.verify(stored, normalizePassword('cafe\u0301 am ruhigen ufer'))).right, true)
  })

  test('a hash with weaker parameters is reported as outdated only if the password is right', async () => {
    const { keyId, key } = secrets.current('pepper')
    const cheap = `${keyId}$${hashSync('an old password', { ...parameters, memoryCost: 8_192, secret: key })}`
    assert.deepEqual(await hasher.verify(cheap, 'an old password'), { right: true, outdated: true })
    assert.deepEqual(await hasher.verify(cheap, 'another password'), { right: false, outdated: false })
  })

  test('KEY-1: after the pepper is rotated, old hashes still verify and are outdated', async () => {
    const stored = await hasher.hash('a password')
    const rotated = start(createSecrets([fresh, old], systemRandom))
    assert.deepEqual(await rotated.verify(stored, 'a password'), { right: true, outdated: true })
    const rehashed = await rotated.hash('a password')
    assert.deepEqual(await rotated.verify(rehashed, 'a password'), { right: true, outdated: false })
  })

  test('a hash whose pepper is missing is never right, and the process keeps running', async () => {
    const stored = await hasher.hash('a password')
    const stranger = start(createSecrets([fresh], systemRandom))
    for (const unreadable of [
      stored,
      'no hash at all',
      `${createSecrets([fresh], systemRandom).current('pepper').keyId}$x`,
    ]) {
      await assert.rejects(stranger.verify(unreadable, 'a password'))
    }
    assert.equal((await stranger.verify(await stranger.hash('b'), 'b')).right, true)
  })

  test('ENU-2: an account without a password costs a hash with the same parameters, and is never right', async () => {
    for (const guess of ['a password that nobody has', 'another']) {
      assert.deepEqual(await hasher.verify(undefined, guess), { right: false, outdated: false })
    }
  })

  test('DOS-2: the queue is bounded, rejects at once when full, and reserves a share for known browsers', async () => {
    const flooded = start(secrets)
    const answers = Array.from({ length: 260 }, () => flooded.verify(undefined, 'a guess'))
    const shed = { code: 'password.busy', kind: 'unavailable' }
    // Two jobs are in the process, 150 in the queue.
    const rejected = await Promise.allSettled(answers.slice(152))
    for (const one of rejected) assert.equal(one.status, 'rejected')
    await assert.rejects(flooded.verify(undefined, 'one more'), (error: { retryAfter?: number; code: string }) => {
      assert.equal(error.code, shed.code)
      assert.ok((error.retryAfter ?? 0) > 0)
      return true
    })
    const known = Array.from({ length: 60 }, () => flooded.verify(undefined, 'the owner', 'known'))
    const settled = Promise.allSettled([...answers.slice(0, 152), ...known])
    await assert.rejects(flooded.verify(undefined, 'even the owner', 'known'), shed)
    await flooded.close()
    const [first, second, ...others] = await settled
    assert.deepEqual([first?.status, second?.status], ['fulfilled', 'fulfilled'])
    assert.ok(others.every((one) => one.status === 'fulfilled' || one.reason.code === shed.code))
  })

  test('closing finishes the jobs in progress and rejects those in the queue', async () => {
    const closing = start(secrets)
    const waiting = Promise.allSettled(Array.from({ length: 20 }, () => closing.verify(undefined, 'a guess')))
    await closing.close()
    const statuses = (await waiting).map((one) => one.status)
    assert.deepEqual(statuses.slice(0, 2), ['fulfilled', 'fulfilled'])
    assert.equal(statuses.at(-1), 'rejected')
    await assert.rejects(closing.hash('too late'), { code: 'password.busy' })
  })

  test('DOS-3: the server process never hashes, neither on its main thread nor in its thread pool', () => {
    const source = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8')
    assert.match(source('./hash-worker.ts'), /from '@node-rs\/argon2'/)
    assert.doesNotMatch(source('./hash-worker.ts'), /\bawait\b|argon2\(|\bhash\(password, \{/)
    for (const file of ['./hash-processes.ts', './hasher.ts', './check-password.ts', './prepare-password.ts']) {
      assert.doesNotMatch(source(file), /argon2'|node:crypto|scrypt|pbkdf2/, file)
    }
  })
})
