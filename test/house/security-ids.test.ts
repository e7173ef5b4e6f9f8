import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const project = fileURLToPath(new URL('../..', import.meta.url))

type Source = { readonly file: string; readonly text: string }

const idPattern = '(?:[A-Z]{2,}-|[DFGM])\\d+'
const standards = /^(AES|ISO|SHA|UTF)-/

/** The rows of the tables in SECURITY.md: an id and a sentence, which may say what is not built. */
function describedIds(paper: string): ReadonlyMap<string, string> {
  const rows = paper.matchAll(new RegExp(`^\\| (${idPattern}) \\| (.+) \\|$`, 'gm'))
  return new Map([...rows].map(([, id = '', sentence = '']) => [id, sentence]))
}

/** The ids at the start of test names: 'RST-1: …', 'D8, F20: …', 'FED-3 and FED-4: …'. */
function testedIds(text: string): readonly string[] {
  const names = text.matchAll(new RegExp(`['"\`](${idPattern}(?:(?:, | and )${idPattern})*): `, 'g'))
  return [...names].flatMap(([, ids = '']) => ids.split(/, | and /))
}

/** All ids in a file. In code, one-letter ids count only in test names and comments, since SVG paths contain M2, too. */
function citedIds({ file, text }: Source): readonly string[] {
  const comments = text.match(/(?<=^|\s)\/\/[^\n]*|\/\*[\s\S]*?\*\//gm)?.join('\n') ?? ''
  const prose = file.endsWith('.md') ? text : comments
  const found = [...text.matchAll(/\b[A-Z]{2,}-\d+\b/g), ...prose.matchAll(/\b[DFGM]\d+\b/g)]
  return [...found.map(([id]) => id).filter((id) => !standards.test(id)), ...testedIds(text)]
}

/** Files and folders that the paper names in `backticks` but that do not exist. Compares the end of the path. */
function missingPaths(paper: string, paths: readonly string[]): readonly string[] {
  const named = [...paper.matchAll(/`([a-z][\w.-]*(?:\/[\w.-]+)+)`/g)].map(([, path = '']) => path)
  return named.filter((path) => !paths.some((known) => `/${known}`.endsWith(`/${path}`)))
}

/** Disagreements between SECURITY.md and the sources, as sentences. */
function disagreements(paper: string, sources: readonly Source[]): readonly string[] {
  const described = describedIds(paper)
  const cited = new Map(sources.flatMap((source) => citedIds(source).map((id) => [id, source.file] as const)))
  const tested = new Set(sources.filter(({ file }) => file.includes('.test.')).flatMap(({ text }) => testedIds(text)))
  const isAttackOrFault = (id: string) => !/^[DGM]/.test(id) || id.includes('-')
  return [
    ...[...cited].filter(([id]) => !described.has(id)).map(([id, file]) => `${id} in ${file} has no row`),
    ...[...described].flatMap(([id, sentence]) => [
      ...(sentence.split(/\s/).length < 4 ? [`${id} has no sentence`] : []),
      ...(tested.has(id) && sentence.includes('*Not yet*') ? [`${id} is tested, its row says not yet`] : []),
      ...(isAttackOrFault(id) && !tested.has(id) && !sentence.includes('*Not yet*') ? [`${id} has no test`] : []),
    ]),
  ]
}

const read = (pattern: string): readonly Source[] =>
  globSync(pattern, { cwd: project })
    .filter((file) => file !== 'test/house/security-ids.test.ts')
    .map((file) => ({ file, text: readFileSync(`${project}/${file}`, 'utf8') }))
const paper = readFileSync(`${project}/SECURITY.md`, 'utf8')

test('every id that a test, a comment or a paper cites is described in SECURITY.md, and every attack there has a test', () => {
  const sources = read('{src,test,bench,docs}/**/*.{ts,tsx,md}')
  assert.ok(describedIds(paper).size > 100)
  assert.ok(sources.flatMap(({ text }) => testedIds(text)).length > 200)
  assert.deepEqual(disagreements(paper, sources), [])
})

test('every file and folder that SECURITY.md names exists', () => {
  assert.deepEqual(missingPaths(paper, globSync('{src,test,bench,docs}/**', { cwd: project })), [])
  assert.deepEqual(missingPaths('see `oidc/adapter.ts` and `test/attacks`', ['src/oidc/adapters.ts', 'test/attacks']), [
    'oidc/adapter.ts',
  ])
})

const described = '| D1 | a rule that is kept | where |\n| ABC-1 | A thief opens the door. |\n'
const source = (text: string): Source => ({ file: 'test/doors.test.ts', text })
const tested = source("test('ABC-1: the door stays shut', () => {})")

const noticed: Readonly<Record<string, { readonly paper: string; readonly sources: readonly Source[] }>> = {
  'ABC-2 in test/doors.test.ts has no row': {
    paper: described,
    sources: [tested, source("attack('D1 and ABC-2: the window stays shut', run)")],
  },
  'ABC-3 in test/doors.test.ts has no row': { paper: described, sources: [tested, source('/** Locked (ABC-3). */')] },
  'F9 in test/doors.test.ts has no row': { paper: described, sources: [tested, source('lock() // on a fault (F9)')] },
  'ABC-1 has no sentence': { paper: '| ABC-1 | A thief. |\n', sources: [tested] },
  'ABC-1 has no test': { paper: described, sources: [source('// ABC-1 would be possible here')] },
  'ABC-1 is tested, its row says not yet': {
    paper: '| ABC-1 | A thief opens the door. *Not yet* built. |\n',
    sources: [tested],
  },
}

for (const [disagreement, { paper, sources }] of Object.entries(noticed)) {
  test(`reports that ${disagreement}`, () => assert.deepEqual(disagreements(paper, sources), [disagreement]))
}

test('names of standards and SVG paths are not ids', () => {
  assert.deepEqual(disagreements(described, [tested, source('const path = "M2 3V4" // AES-256, UTF-8')]), [])
})
