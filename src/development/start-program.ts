import { fork } from 'node:child_process'
import { type AddressInfo, createServer } from 'node:net'
import { second } from '#kernel/duration.ts'

export type RunningProgram<Ready> = { readonly ready: Ready; readonly close: () => void }

const readyWithin = 10 * second

/**
 * Starts one of development's programs as a process of its own; it ends with this one.
 * @param settings handed over as JSON
 * @returns what the program said when it was ready
 */
export function startProgram<Ready>(file: string, settings: unknown): Promise<RunningProgram<Ready>> {
  const child = fork(file, [JSON.stringify(settings)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${file} did not get ready`)), readyWithin)
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)))
    child.once('message', (ready) => {
      clearTimeout(late)
      resolve({ ready: ready as Ready, close: () => child.kill() })
    })
  })
}

/** The port if it is free, otherwise another one that is. */
export function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', () => (wanted === 0 ? reject(new Error('no free port')) : resolve(freePort(0))))
    probe.listen(wanted, 'localhost', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}
