import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { historyFaults, messageFaults } from '#scripts/commit-rules.mjs'

const project = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'einlass-commits-'))
after(() => rmSync(folder, { recursive: true }))

// Set when the tests run from a git hook. They would redirect git to the project's repository.
for (const name of ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE']) delete process.env[name]

const refused: Readonly<Record<string, { readonly message: string; readonly fault: RegExp }>> = {
  'a subject of 73 characters': { message: `docs: ${'x'.repeat(67)}`, fault: /has 73 characters/ },
  'a subject that goes on in the next line': {
    message: `docs: ${'x'.repeat(60)}\n${'x'.repeat(10)}`,
    fault: /has 77 characters/,
  },
  'no type': { message: 'Lock the account first', fault: /must begin with one of/ },
  'a type in capitals': { message: 'Docs: name the lock', fault: /must begin with one of/ },
  'an unknown type': { message: 'improve: name the lock', fault: /must begin with one of/ },
  'a scope without a name': { message: 'docs(): name the lock', fault: /must begin with one of/ },
  'a type and nothing else': { message: 'docs:', fault: /must begin with one of/ },
  'a period at the end': { message: 'docs: name the lock.', fault: /period/ },
  'a fix without a body': { message: 'fix: lock the account first', fault: /needs a body/ },
  'a fix that is signed and no more': {
    message: 'fix(session): lock the account first\n\nSigned-off-by: A. Person <a@example.org>',
    fault: /needs a body/,
  },
}

for (const [name, { message, fault }] of Object.entries(refused)) {
  test(`a commit message is refused for ${name} only`, () => {
    const faults = messageFaults(message)
    assert.equal(faults.length, 1, faults.join('\n'))
    assert.match(faults[0] ?? '', fault)
  })
}

test('a commit message that follows the rules is accepted', () => {
  assert.deepEqual(messageFaults(`docs: ${'ü'.repeat(66)}`), [])
  assert.deepEqual(messageFaults('refactor(provider-health): name the circuit breaker\n'), [])
  assert.deepEqual(messageFaults('fix(session): lock the account first\n\nA recovery could pass.\n'), [])
})

// Git may be missing if the source came as an archive. Then there is no history to check either.
if (spawnSync('git', ['--version']).status === 0) {
  test('messages are checked since the version changed, and only in the available history', () => {
    const repository = newRepository('history')
    commit(repository, 'Released long ago.', '0.1.0')
    assert.deepEqual(historyFaults(repository), [])
    commit(repository, 'Begin the next version.', '0.2.0')
    commit(repository, 'docs: name the lock', '0.2.0')
    assert.deepEqual(historyFaults(repository), [])
    commit(repository, 'Name the queue', '0.2.0')
    const faults = historyFaults(repository)
    assert.equal(faults.length, 1, faults.join('\n'))
    assert.match(faults[0] ?? '', /^[0-9a-f]+ Name the queue\n {2}the subject must begin/)

    const shallow = join(folder, 'shallow')
    git(folder, 'clone', '--quiet', '--depth=1', pathToFileURL(repository).href, shallow)
    assert.deepEqual(historyFaults(shallow), [])

    const exported = join(folder, 'exported')
    cpSync(repository, exported, { recursive: true, filter: (path) => !path.endsWith('.git') })
    assert.deepEqual(historyFaults(exported), [])
  })

  test('the hook refuses a commit', () => {
    const repository = newRepository('hook')
    git(repository, 'config', 'core.hooksPath', join(project, '.githooks'))
    const tried = (message: string) => {
      const { status, stderr } = run(repository, 'commit', '--allow-empty', '--quiet', '-m', message)
      return { status, stderr }
    }
    assert.match(tried('docs: name the lock.').stderr, /period/)
    assert.notEqual(tried('docs: name the lock.').status, 0)
    assert.deepEqual(tried('docs: name the lock'), { status: 0, stderr: '' })
  })
}

function newRepository(name: string) {
  const repository = join(folder, name)
  mkdirSync(repository)
  git(repository, 'init', '--quiet')
  git(repository, 'config', 'user.name', 'A. Person')
  git(repository, 'config', 'user.email', 'a@example.org')
  git(repository, 'config', 'commit.gpgsign', 'false')
  return repository
}

function commit(repository: string, message: string, version: string) {
  writeFileSync(join(repository, 'package.json'), JSON.stringify({ version, files: [] }, undefined, 2))
  git(repository, 'add', '.')
  git(repository, 'commit', '--allow-empty', '--no-verify', '--quiet', '-m', message)
}

function git(repository: string, ...command: readonly string[]) {
  const { status, stderr } = run(repository, ...command)
  assert.equal(status, 0, stderr)
}

function run(repository: string, ...command: readonly string[]) {
  return spawnSync('git', command, { cwd: repository, encoding: 'utf8' })
}
