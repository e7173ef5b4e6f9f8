import { AuthorizationResponseError } from 'openid-client'
import type { Clock } from '#kernel/clock.ts'
import type { FailureReason } from '../provider-error.ts'
import { toProviderError } from './to-provider-error.ts'

/** A call to the network that has ended, well or not. */
export type TimedStep = {
  readonly step: 'token' | 'user-data'
  readonly milliseconds: number
  readonly failure: FailureReason | null
}

export type OnStep = (ended: TimedStep) => void

/** Does one step and tells how it ended; what waits for longer than the signal has ended with it. */
export async function timedStep<T>(
  { clock, tell, until }: { readonly clock: Clock; readonly tell: OnStep; readonly until: AbortSignal },
  step: TimedStep['step'],
  work: () => Promise<T>,
): Promise<T> {
  const begunAt = clock.now()
  const end = (failure: FailureReason | null) => {
    until.removeEventListener('abort', tooLate)
    if (!ended) tell({ step, milliseconds: clock.now() - begunAt, failure })
    ended = true
  }
  const tooLate = () => end('slow')
  let ended = false
  until.addEventListener('abort', tooLate)
  try {
    const done = await work()
    end(null)
    return done
  } catch (error) {
    // The browser brought a refusal: no call was made.
    if (error instanceof AuthorizationResponseError) ended = true
    end(toProviderError(error).failure)
    throw error
  }
}
