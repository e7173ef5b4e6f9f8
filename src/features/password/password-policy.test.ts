import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Problem } from '#kernel/problem.ts'
import { commonPasswords } from './common-passwords.ts'
import { checkNewPassword, isHashable, normalizePassword } from './password-policy.ts'
import { preparePassword } from './prepare-password.ts'

const none: ReadonlySet<string> = new Set()

/** The code of the problem; undefined if the password is accepted. */
function refusal(password: string, context: readonly string[] = [], common = none): string | undefined {
  try {
    checkNewPassword(normalizePassword(password), context, common)
    return undefined
  } catch (error) {
    assert.ok(error instanceof Problem)
    assert.equal(error.field, 'new_password')
    return error.code
  }
}

const letters = 'qwxjzkvbpygfmucldhrsnioate'
const emoji = [...'🍎🚲🌊🎻🐘🌵🏔🎈🧭🍋🚂🌙🐝🎲🪁🦊']

test('a password needs fifteen characters, counted in code points', () => {
  assert.equal(refusal(letters.slice(0, 14)), 'password.too-short')
  assert.equal(refusal(letters.slice(0, 15)), undefined)
  assert.equal(refusal(emoji.slice(0, 14).join('')), 'password.too-short')
  assert.equal(refusal(emoji.slice(0, 15).join('')), undefined)
  // 14 letters, but 15 code points before normalization.
  assert.equal(refusal(`${letters.slice(0, 13)}e\u0301`), 'password.too-short')
})

test('passwords of up to 1024 bytes are accepted, sixty-four emoji included', () => {
  const long = (bytes: number) => `${letters.repeat(40).slice(0, bytes - 1)}!`
  assert.equal(
    refusal([...emoji, ...emoji.toReversed(), ...emoji, ...emoji.slice(3), '🦋', '🪻', '🎺'].join('')),
    undefined,
  )
  assert.equal(refusal(long(1024)), undefined)
  assert.equal(refusal(long(1025)), 'password.too-long')
  assert.equal(refusal(`${'\u00fc\u00e4'.repeat(256)}!`), 'password.too-long')
  assert.equal(isHashable('\u00fc'.repeat(513)), false)
})

test('no kind of character is required or forbidden', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 16, maxLength: 30 }), (password) => {
      fc.pre(new Set(password).size > 8)
      const code = refusal(password)
      assert.ok(code === undefined || code === 'password.guessable', String(code))
    }),
  )
  assert.equal(refusal('               a b'), undefined)
})

test('the whole password is compared with the list of common passwords', async () => {
  const common = await commonPasswords()
  const listed = [...common].find((entry) => entry.length >= 15) ?? ''
  assert.equal(refusal(listed, [], common), 'password.common')
  assert.equal(refusal(listed.toUpperCase(), [], common), 'password.common')
  assert.equal(refusal(`${listed} und der regen`, [], common), undefined)
  assert.equal(refusal('passwordpassword', [], common), 'password.common')
  assert.equal(refusal('password beside the quiet lake', [], common), undefined)
})

test('runs and repetitions are guessable', () => {
  for (const run of [
    '123456789012345',
    'abcdefghijklmnop',
    'ponmlkjihgfedcba',
    'aaaaaaaaaaaaaaaa',
    'abcabcabcabcabc',
    '987654321098765',
  ]) {
    assert.equal(refusal(run), 'password.guessable', run)
  }
})

test('ASVS 6.1.2: a password made only of the service, the name and the address is guessable', () => {
  const context = ['einlass', 'Anna Muster', 'anna', 'muster', 'anna.muster@nordwind.example', 'nordwind']
  for (const made of ['Einlass2026!!!!!', 'AnnaMuster1990!!', 'anna.muster@nordwind.example', 'einlass-nordwind-123']) {
    assert.equal(refusal(made, context), 'password.guessable', made)
  }
  assert.equal(refusal('anna isst heute pfannkuchen', context), undefined)
  assert.equal(refusal('einlass nur mit regenschirm', context), undefined)
})

test('each part of the name and the address counts as guessable', async () => {
  const hasher = { hash: async () => 'hashed', verify: () => Promise.reject(new Error()), close: async () => {} }
  const prepare = (password: string) =>
    preparePassword({ hasher }, password, ['Zoë Quandt', 'zquandt+id@suedstern.example'])
  for (const made of ['Quandt-Suedstern-99', 'zquandt2026202620', 'EINLASS einlass 1']) {
    await assert.rejects(prepare(made), { code: 'password.guessable' }, made)
  }
  assert.equal(await prepare('quandt fährt im suedstern boot'), 'hashed')
})
