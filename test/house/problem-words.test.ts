import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (pattern: string) => globSync(pattern, { cwd: root }).map((file) => readFileSync(`${root}${file}`, 'utf8'))

/** Problems that are shown on the error page, whose words depend on the status. */
const spokenByStatus = new Set([
  'account.missing',
  'federation.too-many',
  'http.cookies-blocked',
  'http.form-foreign',
  'http.form-malformed',
  'http.not-found',
  'session.step-up-needed',
])

/** Codes declared as in `problems({ 'recovery.too-many': 'throttled' })`. */
function declaredCodes(): readonly string[] {
  const declarations = read('src/{features,http,oidc}/**/*.ts').flatMap((source) => [
    ...source.matchAll(/= problems\(\{(.*?)\}\)/gs),
  ])
  return declarations.flatMap(([, body = '']) =>
    [...body.matchAll(/'([a-z-]+\.[a-z-]+)':/g)].map(([, code]) => code ?? ''),
  )
}

test('every problem has words, on pages in every language or in the command line', () => {
  const pages = read('src/**/messages.ts').join('\n')
  const commands = read('src/cli/*.ts').join('\n')
  const codes = declaredCodes()
  assert.ok(codes.length > 20)
  const silent = codes.filter((code) => {
    const onPages = pages.split(`'problem.${code}'`).length - 1
    return !spokenByStatus.has(code) && onPages < 2 && !commands.includes(`'${code}'`)
  })
  assert.deepEqual(silent, [])
})
