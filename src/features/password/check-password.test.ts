import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { migrate, openConnection } from '#database/open.ts'
import type { AccountId } from '#kernel/id.ts'
import { checkPassword, settlePassword } from './check-password.ts'
import type { Hasher } from './hasher.ts'
import { type PasswordStore, passwordStore } from './password.store.ts'
import { passwordProblem } from './password-policy.ts'

const accountId = 'anna' as AccountId
const clock = { now: () => 1_000 }

let passwords: PasswordStore
/** Calls of the hasher. */
let calls: string[]

beforeEach(async () => {
  const connection = await openConnection('sqlite::memory:', () => {})
  await migrate(connection)
  passwords = passwordStore(connection.migrator)
  calls = []
  await passwords.set(accountId, 'v1:right', 0)
})

/** Hashes by prefixing a version. Version 1 is outdated. */
const hasher: Hasher = {
  hash: async (password) => {
    calls.push(`hash ${password}`)
    return `v2:${password}`
  },
  verify: async (stored, password) => {
    calls.push(`verify ${stored === undefined ? 'nothing' : 'stored'}`)
    const right = stored?.slice(3) === password
    return { right, outdated: right && stored?.startsWith('v1') === true }
  },
  close: async () => {},
}
const check = async (typed: string, other: Partial<Hasher> = {}) =>
  checkPassword({ clock, hasher: { ...hasher, ...other } }, await passwords.find(accountId), typed, 'stranger')
const settle = async (typed: string) => settlePassword({ clock, hasher }, passwords, accountId, await check(typed))
const stored = async () => (await passwords.find(accountId))?.hash

test('a right password with an outdated hash is rehashed once', async () => {
  assert.ok((await settle('right')).proof)
  assert.equal(await stored(), 'v2:right')
  await settle('right')
  assert.deepEqual(calls, ['verify stored', 'hash right', 'verify stored'])
})

test('a wrong password is never rehashed', async () => {
  await settle('wrong')
  assert.deepEqual(calls, ['verify stored'])
  assert.equal(await stored(), 'v1:right')
})

test('DOS-2: a right password is accepted even if the queue has no room to rehash it', async () => {
  const hash = () => Promise.reject(passwordProblem('password.busy', { retryAfter: 2 }))
  const checked = await check('right', { hash })
  assert.deepEqual([checked.right, checked.rehashed], [true, undefined])
})

test('ENU-1: a disabled password is compared with the decoy, even if it was typed correctly', async () => {
  await passwords.disable(accountId, 1)
  assert.deepEqual(await settle('right'), { justDisabled: false })
  assert.deepEqual(calls, ['verify nothing'])
})

test('DOS-1: a password that is too long is not hashed', async () => {
  assert.deepEqual(await settle('ü'.repeat(513)), { justDisabled: false })
  assert.deepEqual(calls, [])
  assert.equal((await passwords.find(accountId))?.failures, 1)
})

test('D7: a password is compared in its composed form', async () => {
  await passwords.set(accountId, 'v2:caf\u00e9', 0)
  assert.ok((await settle('cafe\u0301')).proof)
})

test('D8: the hundredth failure in a row disables the password, and a success resets the count', async () => {
  for (let failures = 0; failures < 99; failures++) await passwords.fail(accountId)
  assert.ok((await settle('right')).proof)
  assert.equal((await passwords.find(accountId))?.failures, 0)
  for (let failures = 1; failures < 100; failures++) {
    assert.equal((await settle('wrong')).justDisabled, false, String(failures))
  }
  assert.equal((await settle('wrong')).justDisabled, true)
  assert.deepEqual(await settle('right'), { justDisabled: false })
})

test('a password that was changed during the hash is not accepted', async () => {
  const checked = await check('right')
  await passwords.set(accountId, 'v2:another', 1)
  assert.equal((await settlePassword({ clock, hasher }, passwords, accountId, checked)).proof, undefined)
})
