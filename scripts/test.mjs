// `npm test` runs every test, `npm test -- src/features/recovery` those below the given paths.
// Tests beside the sources share one process, which is fast. Those in test/ start servers, browsers and databases, and
// run in a process each. Skipped, unfinished and `only` tests count as failures.
import fs from 'node:fs'
import { join, relative } from 'node:path'
import { Readable } from 'node:stream'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { continueIn, findNode, root } from './runtime.mjs'

const execArgv = ['--import', new URL('tsx-hook.mjs', import.meta.url).href]
const sharedProcess = join(root, 'scripts/tests-beside.mjs')
/** The names in Node's summary lines, and in its summary event. */
const counters = {
  tests: 'tests',
  suites: 'suites',
  pass: 'passed',
  fail: 'failed',
  cancelled: 'cancelled',
  skipped: 'skipped',
  todo: 'todo',
}

if (findNode() === process.execPath) await main()
else await continueIn(import.meta.filename, process.argv.slice(2))

async function main() {
  process.chdir(root)
  const filters = process.argv.slice(2).map((filter) => relative(root, filter))
  const chosen = (pattern) =>
    fs
      .globSync(pattern)
      .filter((file) => wanted(file, filters))
      .sort()
  const beside = chosen('src/**/*.test.{ts,tsx}')
  const whole = chosen('test/**/*.test.{ts,tsx}')
  const withOnly = [...beside, ...whole].filter((file) =>
    /\b(?:only: true|\w+\.only\()/.test(fs.readFileSync(file, 'utf8')),
  )
  process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules/.cache/compile')

  const zeros = Object.fromEntries(Object.keys(counters).map((name) => [name, 0]))
  const totals = { ...zeros, duration_ms: 0, unsuccessful: false }
  await new Promise((done) => {
    Readable.from(events(beside, whole, totals))
      .compose(new spec())
      .on('end', done)
      .pipe(process.stdout, { end: false })
  })
  const faults = [
    ...withOnly.map((file) => `${file} uses "only"`),
    ...['fail', 'cancelled', 'skipped', 'todo']
      .filter((name) => totals[name] > 0)
      .map((name) => `${totals[name]} ${name}`),
    ...(totals.tests > 0 ? [] : ['no test ran']),
    ...(totals.unsuccessful ? ['a test or hook failed'] : []),
  ]
  if (faults.length > 0) console.error(`Tests failed: ${faults.join(', ')}`)
  process.exitCode = faults.length > 0 ? 1 : 0
}

function wanted(file, filters) {
  return filters.length === 0 || filters.some((filter) => file === filter || file.startsWith(join(filter, '/')))
}

/** The events of both runs, with a common summary at the end. */
async function* events(beside, whole, totals) {
  const runs = [
    () => run({ files: [sharedProcess], argv: beside, timeout: 600_000, execArgv }),
    () => run({ files: whole, concurrency: 2, timeout: 600_000, execArgv }),
  ]
  for (const [index, files] of [beside, whole].entries()) {
    if (files.length === 0) continue
    for await (const event of runs[index]()) {
      if (event.type === 'test:summary' && !event.data.file) {
        add(totals, event.data)
        totals.unsuccessful ||= !event.data.success
      }
      if (event.type !== 'test:summary' && !isSummaryLine(event)) yield event
    }
  }
  for (const name of [...Object.keys(counters), 'duration_ms']) {
    yield { type: 'test:diagnostic', data: { nesting: 0, message: `${name} ${totals[name]}`, level: 'info' } }
  }
}

function add(totals, { counts, duration_ms }) {
  for (const [name, counter] of Object.entries(counters)) totals[name] += counts[counter]
  totals.duration_ms += duration_ms
}

function isSummaryLine({ type, data }) {
  return (
    type === 'test:diagnostic' && data.nesting === 0 && data.message.split(' ')[0] in { ...counters, duration_ms: 0 }
  )
}
