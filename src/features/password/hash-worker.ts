import { hashSync, parseOptions, verifySync } from '@node-rs/argon2'
import { type HashVerdict, parameters } from './hasher.ts'

/** Messages of the main process: first the peppers (newest first), then jobs. */
export type WorkerRequest =
  | { readonly kind: 'peppers'; readonly peppers: readonly { readonly keyId: string; readonly key: Uint8Array }[] }
  | { readonly kind: 'hash'; readonly job: number; readonly password: string }
  | { readonly kind: 'verify'; readonly job: number; readonly password: string; readonly stored: string | undefined }

export type WorkerAnswer = {
  readonly job: number
  readonly hash?: string
  readonly verdict?: HashVerdict
  /** Why there is neither, such as an unreadable stored hash. */
  readonly fault?: string
}

let peppers: readonly { readonly keyId: string; readonly key: Uint8Array }[] = []
let decoy = ''

function hash(password: string): string {
  const newest = peppers[0]
  if (!newest) throw new Error('no pepper')
  return `${newest.keyId}$${hashSync(password, { ...parameters, secret: newest.key })}`
}

function verify(stored: string | undefined, password: string): HashVerdict {
  const compared = stored ?? decoy
  const separator = compared.indexOf('$')
  const keyId = compared.slice(0, separator)
  const pepper = peppers.find((entry) => entry.keyId === keyId)
  if (!pepper) throw new Error(`the pepper ${keyId} is not in the secret file`)
  const phc = compared.slice(separator + 1)
  const right = verifySync(phc, password, { secret: pepper.key }) && stored !== undefined
  return { right, outdated: right && (pepper !== peppers[0] || isWeaker(phc)) }
}

function isWeaker(phc: string): boolean {
  const { memoryCost, timeCost } = parseOptions(phc)
  return memoryCost < parameters.memoryCost || timeCost < parameters.timeCost
}

// An unreadable hash of one account must not crash the process for all others.
function outcomeOf(request: Exclude<WorkerRequest, { kind: 'peppers' }>): Omit<WorkerAnswer, 'job'> {
  try {
    if (request.kind === 'hash') return { hash: hash(request.password) }
    return { verdict: verify(request.stored, request.password) }
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) }
  }
}

process.on('message', (request: WorkerRequest) => {
  if (request.kind === 'peppers') {
    peppers = request.peppers
    decoy = hash('a password that nobody has')
    return
  }
  const answer = { job: request.job, ...outcomeOf(request) } satisfies WorkerAnswer
  // Ignores the error if the server is gone.
  process.send?.(answer, () => {})
})
// Ctrl+C signals the whole process group. Finish the jobs in progress; the server disconnects when it is done.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {})
process.on('disconnect', () => process.exit(0))
