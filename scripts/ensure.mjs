// Runs before `npm start`, `npm test` and `npm run bench`, on the Node that started npm. Installs the dependencies if
// the lock file has changed, sets up the git hooks in .githooks, and with --build builds if a source has changed.
// Returns quickly if there is nothing to do.
import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { findNode, nodeMissing, root } from './runtime.mjs'
import { buildFingerprint, buildStamp, installFingerprint, installStamp, readStamp } from './stamps.mjs'

if (readStamp(installStamp) !== installFingerprint()) install()
useHooks()
if (process.argv.includes('--build') && readStamp(buildStamp) !== buildFingerprint()) build()

function install() {
  console.log('Installing the dependencies…')
  // npm must not run on the Node in node_modules/.bin, which it is about to delete.
  const path = process.env.PATH?.split(delimiter).filter((folder) => !folder.endsWith(join('node_modules', '.bin')))
  run(
    'npm',
    ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'],
    { env: { ...process.env, PATH: path?.join(delimiter) }, shell: process.platform === 'win32' },
  )
  writeFileSync(installStamp, installFingerprint())
}

/** Sets core.hooksPath, unless it is set already or this is not a checkout. Failures are ignored. */
function useHooks() {
  if (!existsSync(join(root, '.git'))) return
  const notSet = spawnSync('git', ['config', '--get', 'core.hooksPath'], { cwd: root }).status === 1
  if (notSet) spawnSync('git', ['config', 'core.hooksPath', '.githooks'], { cwd: root })
}

function build() {
  console.log('Building…')
  const node = findNode()
  if (!node) stop(nodeMissing)
  run(node, [join(root, 'scripts/build.mjs')])
}

function run(command, args, options) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options })
  if (error) stop(error.message)
  if (status !== 0) process.exit(status ?? 1)
}

function stop(message) {
  console.error(message)
  process.exit(1)
}
