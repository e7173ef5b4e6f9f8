import { fork } from 'node:child_process'
import { type AddressInfo, createServer } from 'node:net'
import { second } from '#kernel/duration.ts'

export type RunningProgram<Ready> = { readonly ready: Ready; readonly close: () => void }

const startTimeout = 10 * second

/**
 * Starts a development program in a child process, which exits with this process.
 * @param settings passed as JSON
 * @returns the program's report once it is ready
 */
export function startProgram<Ready>(file: string, settings: unknown): Promise<RunningProgram<Ready>> {
  const child = fork(file, [JSON.stringify(settings)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  return new Promise((resolve, reject) => {
    const timeout = setTimeout(() => reject(new Error(`${file} did not start in time`)), startTimeout)
    child.once('exit', (code) => reject(new Error(`${file} exited with ${code}`)))
    child.once('message', (ready) => {
      clearTimeout(timeout)
      resolve({ ready: ready as Ready, close: () => child.kill() })
    })
  })
}

/** The preferred port if it is free, otherwise any free port. */
export function freePort(preferred: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', () => (preferred === 0 ? reject(new Error('no free port')) : resolve(freePort(0))))
    probe.listen(preferred, 'localhost', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}
