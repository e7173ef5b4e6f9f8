import { hashSync, parseOptions, verifySync } from '@node-rs/argon2'
import { type HashVerdict, parameters } from './hasher.ts'

/** What the main process sends: first the peppers, newest first, then jobs. */
export type WorkerRequest =
  | { readonly kind: 'peppers'; readonly peppers: readonly { readonly keyId: string; readonly key: Uint8Array }[] }
  | { readonly kind: 'hash'; readonly job: number; readonly password: string }
  | { readonly kind: 'verify'; readonly job: number; readonly password: string; readonly stored: string | undefined }

export type WorkerAnswer = {
  readonly job: number
  readonly hash?: string
  readonly verdict?: HashVerdict
  /** Why there is neither: a stored hash that can't be read, for instance. */
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
  const known = stored ?? decoy
  const at = known.indexOf('$')
  const pepper = peppers.find((entry) => entry.keyId === known.slice(0, at))
  if (!pepper) throw new Error(`the pepper ${known.slice(0, at)} is not among the keys of the secret file`)
  const phc = known.slice(at + 1)
  const right = verifySync(phc, password, { secret: pepper.key }) && stored !== undefined
  return { right, outdated: right && (pepper !== peppers[0] || isWeaker(phc)) }
}

function isWeaker(phc: string): boolean {
  const { memoryCost, timeCost } = parseOptions(phc)
  return memoryCost < parameters.memoryCost || timeCost < parameters.timeCost
}

// One account whose hash can't be read must not take the process from all others.
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
  // Nobody is told when the server is gone meanwhile.
  process.send?.(answer, () => {})
})
// The signal that stops the server reaches its whole group; jobs under way are still to be answered.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {})
process.on('disconnect', () => process.exit(0))
