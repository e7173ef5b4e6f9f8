// `npm run check`: all checks except the tests. Runs every step, even after a failure.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { delimiter, join } from 'node:path'
import { continueIn, findNode, root } from './runtime.mjs'

const bin = (name) => join(root, 'node_modules/.bin', name)

if (findNode() === process.execPath) main()
else await continueIn(import.meta.filename)

function main() {
  const steps = {
    'types of the server': [bin('tsc'), '-p', '.'],
    ...(fs.globSync('src/browser/*.ts', { cwd: root }).length > 0 && {
      'types of the browser': [bin('tsc'), '-p', 'src/browser'],
    }),
    'format and lint': [bin('biome'), 'check', '--error-on-warnings', '.'],
    'direction of imports': [process.execPath, 'scripts/import-rules.mjs'],
    'nothing unused': [bin('knip'), '--no-progress', '--no-config-hints'],
    'commit messages': [process.execPath, 'scripts/check-commits.mjs'],
    build: [process.execPath, 'scripts/build.mjs'],
  }
  // The tools run on Node, too, and must find this one.
  process.env.PATH = `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH}`
  const failed = Object.entries(steps).filter(([name, command]) => !passes(name, command))
  process.exitCode = failed.length === 0 ? 0 : 1
}

function passes(name, [command, ...args]) {
  const started = performance.now()
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
  })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const ok = status === 0
  console.log(`${ok ? 'ok    ' : 'failed'} ${name} (${seconds} s)`)
  if (!ok) console.log(error?.message ?? `${stdout}${stderr}`)
  return ok
}
