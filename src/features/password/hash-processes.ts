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
  attempts: number
}

type Worker = { readonly process: ChildProcess; readonly jobs: Map<number, Job> }

/** About one second of work. When the queue is full, requests are rejected at once. */
const queueLimit = 200
/** Places in the queue that are reserved for browsers that have signed in before. */
const reserved = 50
/** One job running and one prefetched, so that no process idles in between. */
const jobsPerProcess = 2
/** A lower priority than the server: a flood of sign-ins must not slow down other requests (docs/decisions/0004). */
const niceness = 10
/** Seconds. */
const retryAfter = 2

export type HashProcessesOptions = {
  /** Module that the child processes run. */
  readonly workerFile: string
  readonly secrets: Secrets
  readonly processes?: number
}

/** Runs as many hash processes as there are cores. They start on first use, and are replaced if they die. */
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
      if (worker.jobs.size === 0 && waiting.length === 0) unref(worker)
      if (closed) disconnectIdle(worker)
      assignJobs()
    })
    // If the process could not be spawned, there is no exit event.
    child.on('error', () => child.pid === undefined && replace(worker))
    child.once('exit', () => replace(worker))
    return worker
  }

  // An idle process must not keep the server from exiting.
  const unref = (worker: Worker) => {
    worker.process.unref()
    worker.process.channel?.unref()
  }

  // Its remaining jobs are still answered.
  const disconnectIdle = (worker: Worker) => {
    if (worker.jobs.size === 0 && worker.process.connected) worker.process.disconnect()
  }

  const replace = (dead: Worker) => {
    workers = workers.filter((worker) => worker !== dead)
    for (const job of dead.jobs.values()) {
      job.attempts += 1
      if (closed || job.attempts > 2) job.reject(new Error('the hash process died'))
      else waiting.unshift(job)
    }
    assignJobs()
  }

  const assignJobs = () => {
    while (waiting.length > 0 && workers.length < processes) workers.push(start())
    for (let room = true; room && waiting.length > 0; ) {
      const freest = workers.reduce((a, b) => (b.jobs.size < a.jobs.size ? b : a))
      room = freest.jobs.size < jobsPerProcess
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
      waiting.push({ id: jobIds, work, resolve, reject, attempts: 0 })
      assignJobs()
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
      for (const worker of workers) disconnectIdle(worker)
      await Promise.all(ended)
    },
  }
}
