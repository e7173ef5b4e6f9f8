import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { startApp, type TestApp } from './support/app.ts'
import { onEachEngine } from './support/engines.ts'
import { signUp, whoIs } from './support/people.ts'
import { assertDead, call, knownAs, open, portalOrigin } from './support/relying-party.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
/** What `npx einlass` runs. Needs a build, which `npm test` makes. */
const command = join(root, 'bin/einlass.mjs')

type CommandResult = { readonly status: number; readonly out: string; readonly err: string }

/** Runs the command as a separate process, with only these settings in its environment. */
function einlass(settings: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<CommandResult> {
  // Excludes settings of this machine, and npm's variables, which the command would take for its parent.
  const env = { PATH: process.env.PATH ?? '', ...settings }
  return new Promise((resolve) => {
    const options = { env, cwd: tmpdir(), timeout: 30_000 }
    execFile(process.execPath, [command, ...args], options, (error, out, err) => {
      resolve({ status: error ? Number(error.code) : 0, out, err })
    })
  })
}

const registration = ['--name', 'Nordwind', '--redirect-uri', `${portalOrigin}/callback`]

onEachEngine((engine) => {
  let app: TestApp
  let settings: Record<string, string>
  const run = (...args: readonly string[]) => einlass(settings, ...args)

  before(async () => {
    app = await startApp({ engine })
    const { database, secretFile } = app.foundation.config
    settings = { EINLASS_DATABASE: database, EINLASS_SECRET_FILE: secretFile, EINLASS_URL: app.url }
  })
  after(() => app.close())

  test('a new portal works at once on a running server', async () => {
    const added = await run('portal', 'add', '--id', 'nordwind', ...registration, '--json')
    assert.equal(added.status, 0, added.err)
    const { client_id: id, client_secret: secret, issuer, redirect_uris: uris } = JSON.parse(added.out)
    assert.equal(id, 'nordwind')
    assert.equal(issuer, app.url)
    assert.deepEqual(uris, [`${portalOrigin}/callback`])
    const answer = await call(app, '/oidc/introspect', { id, secret }, { token: 'x' })
    assert.deepEqual(await answer.json(), { active: false })

    const listed = await run('portal', 'list', '--json')
    assert.equal(listed.status, 0)
    const [portal] = JSON.parse(listed.out)
    assert.equal(portal.id, 'nordwind')
    assert.ok(!listed.out.includes(secret) && !/secret/i.test(listed.out), 'the secret is shown once')
    assert.match((await run('portal', 'list')).out, /^nordwind {2}Nordwind {2}https:\/\/portal\.example\/callback$/m)

    const taken = await run('portal', 'add', '--id', 'nordwind', ...registration, '--json')
    assert.equal(taken.status, 1)
    assert.deepEqual(JSON.parse(taken.out), { error: 'portal.id-taken', id: 'nordwind' })

    const removed = await run('portal', 'remove', 'nordwind', '--json')
    assert.equal(removed.status, 0)
    assert.deepEqual(JSON.parse(removed.out), { removed: 'nordwind' })
    const gone = await call(app, '/oidc/introspect', { id, secret }, { token: 'x' })
    assert.equal(gone.status, 401)
    const again = await run('portal', 'remove', 'nordwind')
    assert.equal(again.status, 1)
    assert.equal(again.err, 'There is no portal nordwind.\n')
  })

  test('disabling an account ends its sessions everywhere and reports it', async () => {
    const added = await run('portal', 'add', '--id', 'suedstern', ...registration, '--json')
    const { client_id: id, client_secret: secret } = JSON.parse(added.out)
    const browser = app.browser(portalOrigin)
    await signUp(app, browser, 'anna@example.org')
    const portal = await knownAs(app, id, secret)
    const tokens = await open(browser, portal)

    const shown = JSON.parse((await run('account', 'show', 'Anna@Example.org', '--json')).out)
    assert.equal(shown.disabled, false)
    assert.equal(shown.password, 'set')
    assert.deepEqual(shown.identifiers, [{ kind: 'email', value: 'anna@example.org', proved: true }])
    const disabled = await run('account', 'disable', 'anna@example.org', '--json')
    assert.deepEqual(JSON.parse(disabled.out), { disabled: shown.subject })
    assert.equal(await whoIs(app, browser), undefined)
    await assertDead(app, portal, tokens)
    const unknown = await run('account', 'show', 'nobody@example.org', '--json')
    assert.equal(unknown.status, 1)
    assert.deepEqual(JSON.parse(unknown.out), { error: 'command.no-account', identifier: 'nobody@example.org' })
  })

  test('ADM-4: the command line makes an account an operator, at once on a running server', async () => {
    assert.deepEqual(JSON.parse((await run('operator', 'list', '--json')).out), [])
    const browser = app.browser()
    await signUp(app, browser, 'olga@example.org')
    const subject = (await whoIs(app, browser))?.subject
    assert.equal((await browser.open(`${app.url}/admin`)).status, 403)
    const granted = await run('operator', 'grant', 'Olga@Example.org', '--json')
    assert.equal(granted.status, 0, granted.err)
    assert.deepEqual(JSON.parse(granted.out), { granted: subject, new: true })
    assert.equal((await browser.open(`${app.url}/admin`)).status, 200)
    const again = await run('operator', 'grant', 'olga@example.org')
    assert.match(again.out, /is already an operator/)
    const [listed] = JSON.parse((await run('operator', 'list', '--json')).out)
    assert.deepEqual([listed.subject, listed.identifiers, listed.disabled], [subject, ['olga@example.org'], false])

    const last = await run('operator', 'revoke', 'olga@example.org', '--json')
    assert.equal(last.status, 1)
    assert.deepEqual(JSON.parse(last.out), { error: 'operator.last' })
    const unknown = await run('operator', 'grant', 'nobody@example.org')
    assert.equal(unknown.status, 1)
    assert.match(unknown.err, /no account with nobody@example\.org/)
    await signUp(app, app.browser(), 'otto@example.org')
    assert.equal((await run('operator', 'revoke', 'otto@example.org')).err, 'This account is not an operator.\n')
    assert.equal((await run('operator', 'grant', 'otto@example.org')).status, 0)
    assert.equal((await run('operator', 'revoke', 'olga@example.org')).status, 0)
    assert.equal((await browser.open(`${app.url}/admin`)).status, 403)
  })

  test('a running server publishes rotated keys', async () => {
    const rotated = await run('keys', 'rotate', '--json')
    assert.equal(rotated.status, 0, rotated.err)
    const { key_ids: ids, active_at: activeAt, retired_at: retiredAt } = JSON.parse(rotated.out)
    assert.equal(ids.length, 2)
    assert.ok(Date.parse(activeAt) > Date.now() && Date.parse(retiredAt) > Date.parse(activeAt))
    await app.refreshKeys()
    const { keys } = await (await fetch(`${app.url}/oidc/jwks`)).json()
    for (const id of ids) assert.ok(keys.some(({ kid }: { kid: string }) => kid === id))
  })

  test('running the migrations again changes nothing', async () => {
    const migrated = await run('migrate', '--json')
    assert.equal(migrated.status, 0, migrated.err)
    assert.deepEqual(JSON.parse(migrated.out), { migrations: [] })
  })
})

describe('the command line', () => {
  let folder: string
  const run = (...args: readonly string[]) =>
    einlass({ EINLASS_DATABASE: `sqlite:${folder}/e.db`, EINLASS_SECRET_FILE: `${folder}/secret` }, ...args)

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'einlass-cli-'))
  })
  after(() => rmSync(folder, { recursive: true }))

  test('commands started at the same time on a new database all find it migrated', async () => {
    const ended = await Promise.all(Array.from({ length: 4 }, () => run('portal', 'list', '--json')))
    for (const { status, out, err } of ended) {
      assert.equal(status, 0, err)
      assert.deepEqual(JSON.parse(out), [])
    }
  })

  test('wrong usage exits with 2 and prints the usage', async () => {
    const wrong: readonly (readonly string[])[] = [
      [],
      ['constructor'],
      ['portal'],
      ['portal', 'add', '--id', 'x'],
      ['portal', 'add', '--id', 'x', ...registration, '--nonsense'],
      ['portal', 'remove'],
      ['portal', 'remove', 'a', 'b'],
      ['account', 'delete', 'x'],
      ['keys', 'list'],
      ['operator'],
      ['operator', 'grant'],
      ['operator', 'list', 'x'],
      ['serve', 'now'],
    ]
    const ended = await Promise.all(wrong.map((args) => run(...args)))
    for (const [index, { status, out, err }] of ended.entries()) {
      const why = String(wrong[index]?.join(' '))
      assert.equal(status, 2, `${why}: ${err}`)
      assert.equal(out, '', why)
      assert.match(err, /einlass|option/i, why)
      assert.doesNotMatch(err, /\n\s+at /, why)
    }
  })

  test('a refusal exits with 1 and a sentence', async () => {
    const refused: readonly (readonly [readonly string[], string, RegExp])[] = [
      [['--id', 'Großes', ...registration], 'portal.id-malformed', /lower-case/],
      [['--id', 'x', '--name', ' ', '--redirect-uri', `${portalOrigin}/c`], 'portal.name-missing', /name/],
      [
        ['--id', 'x', '--name', 'X', '--redirect-uri', 'javascript:alert(1)'],
        'portal.address-malformed',
        /javascript:alert/,
      ],
      [['--id', 'x', '--name', 'X', '--redirect-uri', 'http://portal.example/c'], 'portal.address-malformed', /https/],
      [['--id', 'x', ...registration, '--colour', 'red'], 'portal.colour-malformed', /#1d4ed8/],
      [['--id', 'x', ...registration, '--mail-domain', '*.example.org'], 'portal.domain-malformed', /example\.org/],
    ]
    for (const [args, code, words] of refused) {
      const [asJson, asWords] = await Promise.all([
        run('portal', 'add', ...args, '--json'),
        run('portal', 'add', ...args),
      ])
      assert.equal(asJson.status, 1)
      assert.equal(JSON.parse(asJson.out).error, code)
      assert.equal(asWords.status, 1)
      assert.equal(asWords.out, '')
      assert.match(asWords.err, words)
    }
    assert.deepEqual(JSON.parse((await run('portal', 'list', '--json')).out), [])
  })

  test('all configuration faults are reported together', async () => {
    const settings = { EINLASS_DATABASE: 'mysql://x', EINLASS_PORT: 'many', EINLASS_DATABSE: 'x' }
    const [told, asJson] = await Promise.all([
      einlass(settings, 'portal', 'list'),
      einlass(settings, 'portal', 'list', '--json'),
    ])
    assert.equal(told.status, 1)
    for (const name of ['EINLASS_DATABASE', 'EINLASS_PORT', 'EINLASS_DATABSE']) assert.match(told.err, new RegExp(name))
    assert.doesNotMatch(told.err, /\n\s+at /)
    assert.equal(asJson.status, 1)
    const { error, faults } = JSON.parse(asJson.out)
    assert.equal(error, 'configuration')
    assert.equal(faults.length, 3)
    assert.match((await einlass({}, 'portal', 'list')).err, /EINLASS_DATABASE: is missing/)
  })

  test('a database that was written with another key is not changed', async () => {
    await run('migrate')
    assert.equal((await run('portal', 'list')).status, 0)
    const other = join(folder, 'other-secret')
    writeFileSync(other, `${Buffer.from(Array.from({ length: 32 }, (_, byte) => byte * 7)).toString('base64url')}\n`)
    const refused = await einlass(
      { EINLASS_DATABASE: `sqlite:${folder}/e.db`, EINLASS_SECRET_FILE: other },
      ...['portal', 'add', '--id', 'x', ...registration],
    )
    assert.equal(refused.status, 1)
    assert.match(refused.err, /key/)
    assert.deepEqual(JSON.parse((await run('portal', 'list', '--json')).out), [])
  })

  test('an unreachable database is reported with a reason, without a stack trace', async () => {
    const away = await einlass(
      { EINLASS_DATABASE: 'postgres://nobody@127.0.0.1:1/x', EINLASS_SECRET_FILE: `${folder}/s` },
      'portal',
      'list',
      '--json',
    )
    assert.equal(away.status, 1)
    assert.equal(away.err, 'connect ECONNREFUSED 127.0.0.1:1\n')
    assert.deepEqual(JSON.parse(away.out), { error: 'unavailable' })
  })
})
