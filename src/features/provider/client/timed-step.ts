import { AuthorizationResponseError } from 'openid-client'
import type { Clock } from '#kernel/clock.ts'
import type { FailureReason } from '../provider-error.ts'
import { toProviderError } from './to-provider-error.ts'

/** A completed or failed request to the provider. */
export type TimedStep = {
  readonly step: 'token' | 'user-data'
  readonly milliseconds: number
  readonly failure: FailureReason | null
}

export type OnStep = (ended: TimedStep) => void

/** Runs one step and reports how it ended. A step that is still running when the signal aborts is reported as slow. */
export async function timedStep<T>(
  { clock, onStep, until }: { readonly clock: Clock; readonly onStep: OnStep; readonly until: AbortSignal },
  step: TimedStep['step'],
  work: () => Promise<T>,
): Promise<T> {
  const begunAt = clock.now()
  const end = (failure: FailureReason | null) => {
    until.removeEventListener('abort', onAbort)
    if (!ended) onStep({ step, milliseconds: clock.now() - begunAt, failure })
    ended = true
  }
  const onAbort = () => end('slow')
  let ended = false
  until.addEventListener('abort', onAbort)
  try {
    const result = await work()
    end(null)
    return result
  } catch (error) {
    // The browser brought an error: there was no request.
    if (error instanceof AuthorizationResponseError) ended = true
    end(toProviderError(error).failure)
    throw error
  }
}
