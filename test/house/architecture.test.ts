import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const files = ['.dependency-cruiser.mjs', ...globSync('{src,test,scripts,bench}/**/*.{ts,tsx,mjs}', { cwd: root })]
/** Placeholders for files of a role. */
const placeholders = /^(noun|verb-noun|name)\b/

/** Names of files in backticks, such as `federation/begin-attempt.ts`, that no file ends with. */
function missingFiles(text: string): readonly string[] {
  const named = [...text.matchAll(/`(?:src\/|\.\/)?([\w./-]+\.(?:tsx?|mjs))`/g)].map(([, name = '']) => name)
  return named.filter((name) => !placeholders.test(name) && !files.some((file) => `/${file}`.endsWith(`/${name}`)))
}

test('a file that is named and does not exist is found', () => {
  assert.deepEqual(missingFiles('`begin-attempt.ts` and `federation/gone.ts`'), ['federation/gone.ts'])
})

for (const paper of ['ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md', ...globSync('docs/**/*.md', { cwd: root })]) {
  test(`the files that ${paper} names exist`, () => {
    assert.deepEqual(missingFiles(readFileSync(`${root}/${paper}`, 'utf8')), [])
  })
}
