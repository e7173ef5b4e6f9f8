import { type ChildProcess, fork, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { send } from './client.ts'

export const root = fileURLToPath(new URL('..', import.meta.url))

export type Program = { readonly process: ChildProcess; readonly port: number; readonly stop: () => Promise<void> }

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}

function stopper(child: ChildProcess): () => Promise<void> {
  return () =>
    new Promise((resolve) => {
      if (child.exitCode !== null) return resolve()
      child.once('exit', () => resolve())
      child.kill('SIGTERM')
    })
}

/** Starts a program of this folder, which sends its port once it listens. */
export async function startHelper(file: string, ...args: string[]): Promise<Program> {
  const child = fork(`${root}bench/${file}`, args, { stdio: ['ignore', 'inherit', 'ignore', 'ipc'] })
  const port = await new Promise<number>((resolve) => child.once('message', (message) => resolve(message as number)))
  return { process: child, port, stop: stopper(child) }
}

export type Server = Program & { readonly url: string; readonly millisecondsToFirstAnswer: number }

/** Starts the built server as in production, with the database in a folder. */
export async function startServer(folder: string): Promise<Server> {
  const port = await freePort()
  const url = `http://localhost:${port}`
  const began = performance.now()
  const child = spawn(process.execPath, ['--max-semi-space-size=8', `${root}bin/einlass.mjs`, 'serve'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH,
      EINLASS_URL: url,
      EINLASS_PORT: String(port),
      EINLASS_LISTEN: 'localhost',
      EINLASS_DATABASE: `sqlite:${folder}/einlass.db`,
      EINLASS_SECRET_FILE: `${folder}/secret`,
      EINLASS_SMTP: 'smtp://127.0.0.1:9',
      EINLASS_MAIL_FROM: 'einlass@example.org',
      EINLASS_TRUSTED_PROXIES: '127.0.0.1,::1',
      EINLASS_LOG_LEVEL: 'warn',
    },
  })
  for (;;) {
    const ready = await send('GET', `${url}/health/ready`).then(
      ({ status }) => status === 200,
      () => false,
    )
    if (ready) break
    if (child.exitCode !== null) throw new Error('the server did not start')
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  return { process: child, port, url, millisecondsToFirstAnswer: performance.now() - began, stop: stopper(child) }
}

/** Resident memory in MiB. */
export function memoryOf(child: ChildProcess): number {
  const pages = readFileSync(`/proc/${child.pid}/statm`, 'utf8').split(' ')[1]
  return (Number(pages) * 4096) / 2 ** 20
}
