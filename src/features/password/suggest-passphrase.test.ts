import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemRandom } from '#kernel/random.ts'
import { commonPasswords } from './common-passwords.ts'
import { germanWords } from './german-words.ts'
import { checkNewPassword } from './password-policy.ts'
import { suggestPassphrase } from './suggest-passphrase.ts'

test('the German list has at least 1,000 distinct words that any keyboard can type', () => {
  assert.ok(germanWords.length >= 1_000)
  assert.equal(new Set(germanWords).size, germanWords.length)
  for (const word of germanWords) assert.match(word, /^[a-z]{3,12}$/)
})

test('the policy accepts suggested passphrases in every language', async () => {
  for (const locale of ['de', 'en'] as const) {
    for (let turn = 0; turn < 50; turn++) {
      const phrase = await suggestPassphrase(systemRandom, locale)
      assert.equal(phrase.split('-').length >= 5, true, phrase)
      checkNewPassword(phrase, ['einlass'], await commonPasswords())
    }
  }
})
