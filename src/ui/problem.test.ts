import assert from 'node:assert/strict'
import { test } from 'node:test'
import { uiMessages } from './messages.ts'
import { problemWords } from './problem.ts'

test('a problem without words gets a neutral sentence that does not reveal its code', () => {
  const shown = problemWords(uiMessages, 'de', { code: 'account.made-up' })
  assert.deepEqual(shown, { code: 'other', words: uiMessages.de['problem.other'] })
})
