import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { startApp } from '../support/app.ts'
import { signIn, signUp, whoIs } from '../support/people.ts'

const project = fileURLToPath(new URL('../..', import.meta.url))

describe('CRY-1: secrets are compared in constant time, and looked up by their hash', () => {
  const secretish = /(?:^|\.)\w*(?:token|secret|password|signature|csrf|verifier|challenge|nonce|digest|hmac)$/i
  const plain = /^(?:'.*|"".*|\d+|undefined|null|true|false)$/
  const operands = /([\w.?]+)\)?\s*[=!]==?\s*('[^']*'|[\w.?]+(?![\w.?(]))/g

  /** Whether a line compares a secret with anything but a constant. */
  const comparesSecret = (line: string) =>
    [...line.matchAll(operands)].some(([all, left = '', right = '']) => {
      const sides = [left.replaceAll('?', ''), right.replaceAll('?', '')]
      if (sides.some((side) => plain.test(side)) || line.includes(`typeof ${all}`)) return false
      return sides.some((side) => secretish.test(side))
    })
  const sources = globSync('src/**/*.{ts,tsx}', { cwd: project }).filter(
    (file) => !/\.test\.tsx?$|^src\/(development|browser)\/|\/testing\//.test(file),
  )

  test('the pattern matches its examples', () => {
    for (const line of [
      'if (token === given) return',
      'return form.csrf !== expected',
      'given === session.token',
      'if (stored == password) {',
      'return hmac(key, x) === signature',
    ]) {
      assert.ok(comparesSecret(line), line)
    }
    for (const line of [
      "if (password === '') throw",
      'token === undefined',
      "account?.password === 'not-set'",
      "typeof token === 'string'",
      'found === token.length',
      'config.csrf === false',
    ]) {
      assert.ok(!comparesSecret(line), line)
    }
  })

  test('no secret is compared with an operator', () => {
    assert.ok(sources.length > 100)
    const offences = sources.flatMap((file) =>
      readFileSync(join(project, file), 'utf8')
        .split('\n')
        .flatMap((line, index) =>
          comparesSecret(line) && !/^\s*(\/\/|\*|\/\*)/.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [],
        ),
    )
    // A path of an endpoint, not a secret.
    assert.deepEqual(
      offences.filter((offence) => !offence.endsWith('context.path === enginePaths.token) {')),
      [],
    )
  })

  test('no table has a column for a plain secret', () => {
    const schema = readFileSync(join(project, 'src/database/schema.ts'), 'utf8')
    const columns = [...schema.matchAll(/^ {2}(\w+)\??: /gm)].map(([, name]) => name ?? '')
    const secret = columns.filter((name) => /token|secret|password|code|state|key|verifier|payload|checks/.test(name))
    const known = new Set([
      // Hashes.
      'token_hash',
      'state_hash',
      // Encrypted.
      'client_secret',
      'private_key',
      'payload',
      'checks',
      // An instant.
      'secret_expires_at',
      // Names.
      'password',
      'signing_key',
      'key_check',
      'key_id',
      'state',
      'key',
    ])
    assert.deepEqual(
      secret.filter((name) => !known.has(name)),
      [],
    )
    assert.ok(secret.includes('token_hash') && secret.includes('state_hash'))
  })
})

test('CRY-1: tokens are only stored and looked up as keyed hashes', async (t) => {
  const app = await startApp({ engine: 'sqlite' })
  t.after(app.close)
  const browser = app.browser()
  await signUp(app, browser, 'anna@example.org')
  const token = browser.cookies.get('einlass-session') ?? ''
  const rows = await app.foundation.connection.migrator.selectFrom('session').select('token_hash').execute()
  assert.deepEqual(
    rows.map((row) => row.token_hash),
    [app.foundation.secrets.hash('session', token)],
  )
  const thief = app.browser()
  ;(thief.cookies as Map<string, string>).set('einlass-session', rows[0]?.token_hash ?? '')
  assert.equal(await whoIs(app, thief), undefined)
  await signIn(app, thief, 'anna@example.org')
  assert.ok(await whoIs(app, thief))
})
