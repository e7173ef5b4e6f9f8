import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../dist/main.js', import.meta.url))

/** The built server as in production, in a process that can be killed. */
export type KillableServer = {
  readonly url: string
  /** Starts it on the data that the last one left. Resolves when it answers. */
  readonly start: () => Promise<void>
  /** kill -9 */
  readonly kill: () => Promise<void>
}

export function killableServer(folder: string, port: number, smtp: string): KillableServer {
  if (!existsSync(program)) throw new Error('the server is not built: npm run build')
  const url = `http://localhost:${port}`
  let child: ChildProcess | undefined
  return {
    url,
    start: async () => {
      const started = spawn(process.execPath, [program], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: {
          PATH: process.env.PATH,
          EINLASS_URL: url,
          EINLASS_PORT: String(port),
          EINLASS_LISTEN: 'localhost',
          EINLASS_DATABASE: `sqlite:${folder}/einlass.db`,
          EINLASS_SECRET_FILE: `${folder}/secret`,
          EINLASS_SMTP: smtp,
          EINLASS_MAIL_FROM: 'einlass@example.org',
          // Each person comes from a client network of their own.
          EINLASS_TRUSTED_PROXIES: '127.0.0.1,::1',
          EINLASS_LOG_LEVEL: 'error',
        },
      })
      child = started
      // Waits for the line that it prints once it listens.
      await Promise.race([
        once(started.stdout, 'data'),
        once(started, 'exit').then(() => Promise.reject(new Error('the server did not start'))),
      ])
    },
    kill: async () => {
      if (!child) return
      const { exitCode } = child
      if (exitCode !== null) throw new Error(`the server ended by itself, with ${exitCode}`)
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
      child = undefined
    },
  }
}
