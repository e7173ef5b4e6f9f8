import { type ChildProcess, fork } from 'node:child_process'
import { availableParallelism, setPriority } from 'node:os'
import type { Secrets } from '#kernel/secret.ts'
import type { WorkerAnswer, WorkerRequest } from './hash-worker.ts'
import type { Hasher, HashVerdict, Priority } from './hasher.ts'
import { passwordProblem } from './password-policy.ts'

type Work =
  | { readonly kind: 'hash'; readonly password: string }
  | { readonly kind: 'verify'; readonly password: string; readonly stored: string | undefined }

type Job = {
  readonly id: number
  readonly work: Work
  readonly resolve: (answer: WorkerAnswer) => void
  readonly reject: (error: Error) => void
  tries: number
}

type Worker = { readonly process: ChildProcess; readonly jobs: Map<number, Job> }

/** About one second of work: who comes later is asked to come back instead of waiting. */
const queueLimit = 200
/** What strangers leave for browsers that have signed in before. */
const reserved = 50
/** One hash under way and one at hand, so that no process idles between two. */
const jobsAtHand = 2
/** Below the server itself: a flood of sign-ins must not slow everybody else (measured: docs/decisions/0004). */
const niceness = 10
const retryAfter = 2

export type HashProcessesOptions = {
  /** Module that the child processes run. */
  readonly workerFile: string
  readonly secrets: Secrets
  readonly processes?: number
}

/** As many hash processes as cores, started when first needed, each replaced if it dies. */
export function startHashProcesses({
  workerFile,
  secrets,
  processes = availableParallelism(),
}: HashProcessesOptions): Hasher {
  const waiting: Job[] = []
  let workers: Worker[] = []
  let closed = false
  let jobIds = 0

  const start = (): Worker => {
    const child = fork(workerFile, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    const worker: Worker = { process: child, jobs: new Map() }
    if (child.pid) setPriority(child.pid, niceness)
    child.send({ kind: 'peppers', peppers: secrets.all('pepper') } satisfies WorkerRequest)
    child.on('message', (answer: WorkerAnswer) => {
      const job = worker.jobs.get(answer.job)
      worker.jobs.delete(answer.job)
      if (answer.fault === undefined) job?.resolve(answer)
      else job?.reject(new Error(answer.fault))
      if (worker.jobs.size === 0 && waiting.length === 0) rest(worker)
      if (closed) dismiss(worker)
      handOut()
    })
    // Where no process could be made there is no exit to wait for.
    child.on('error', () => child.pid === undefined && replace(worker))
    child.once('exit', () => replace(worker))
    return worker
  }

  // A process that has nothing to do must not keep the server from stopping.
  const rest = (worker: Worker) => {
    worker.process.unref()
    worker.process.channel?.unref()
  }

  // What it has under way is still answered.
  const dismiss = (worker: Worker) => {
    if (worker.jobs.size === 0 && worker.process.connected) worker.process.disconnect()
  }

  const replace = (dead: Worker) => {
    workers = workers.filter((worker) => worker !== dead)
    for (const job of dead.jobs.values()) {
      job.tries += 1
      if (closed || job.tries > 2) job.reject(new Error('a hash process died on this job twice'))
      else waiting.unshift(job)
    }
    handOut()
  }

  const handOut = () => {
    while (waiting.length > 0 && workers.length < processes) workers.push(start())
    for (let room = true; room && waiting.length > 0; ) {
      const freest = workers.reduce((a, b) => (b.jobs.size < a.jobs.size ? b : a))
      room = freest.jobs.size < jobsAtHand
      const job = room ? waiting.shift() : undefined
      if (!job) return
      freest.jobs.set(job.id, job)
      freest.process.ref()
      freest.process.channel?.ref()
      freest.process.send({ ...job.work, job: job.id } as WorkerRequest, () => {})
    }
  }

  const busy = () => passwordProblem('password.busy', { retryAfter })

  const run = (work: Work, priority: Priority): Promise<WorkerAnswer> => {
    const limit = priority === 'known' ? queueLimit : queueLimit - reserved
    if (closed || waiting.length >= limit) return Promise.reject(busy())
    return new Promise((resolve, reject) => {
      jobIds += 1
      waiting.push({ id: jobIds, work, resolve, reject, tries: 0 })
      handOut()
    })
  }

  return {
    hash: async (password, priority = 'stranger') => (await run({ kind: 'hash', password }, priority)).hash as string,
    verify: async (stored, password, priority = 'stranger') =>
      (await run({ kind: 'verify', password, stored }, priority)).verdict as HashVerdict,
    close: async () => {
      closed = true
      for (const job of waiting.splice(0)) job.reject(busy())
      const ended = workers.map(
        (worker) => new Promise<void>((resolve) => worker.process.once('exit', () => resolve())),
      )
      for (const worker of workers) dismiss(worker)
      await Promise.all(ended)
    },
  }
}
