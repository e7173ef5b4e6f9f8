import type { Clock } from '#kernel/clock.ts'
import { second } from '#kernel/duration.ts'
import type { Problem } from '#kernel/problem.ts'
import type { Secrets } from '#kernel/secret.ts'
import type { Budget } from './budget.ts'
import type { ThrottleStore } from './throttle.store.ts'

export type ThrottleDeps = { readonly clock: Clock; readonly secrets: Secrets }

/** @returns whether the attempt is within the budget. A refused attempt is not counted. */
export async function take(
  deps: ThrottleDeps,
  throttle: ThrottleStore,
  budget: Budget,
  subject: string,
): Promise<boolean> {
  const { burst, every } = budget
  return throttle.take(counterKey(deps, budget, subject), deps.clock.now(), every, (burst - 1) * every)
}

/** @returns seconds until the next attempt is granted; 0 if one is left */
async function waitFor(deps: ThrottleDeps, throttle: ThrottleStore, budget: Budget, subject: string): Promise<number> {
  const { burst, every } = budget
  const arrivalAt = await throttle.find(counterKey(deps, budget, subject))
  const wait = (arrivalAt ?? 0) - deps.clock.now() - (burst - 1) * every
  return wait > 0 ? Math.ceil(wait / second) : 0
}

/** Restores the whole budget, for instance after a correct password. */
export async function reset(
  deps: ThrottleDeps,
  throttle: ThrottleStore,
  budget: Budget,
  subject: string,
): Promise<void> {
  await throttle.delete(counterKey(deps, budget, subject))
}

function counterKey(deps: ThrottleDeps, budget: Budget, subject: string): string {
  return deps.secrets.keyed('counter', `${budget.name} ${subject}`)
}

/** Takes from a budget, or throws the problem that `refusal` makes of the seconds to wait. */
export async function takeOrRefuse(
  deps: ThrottleDeps,
  throttle: ThrottleStore,
  budget: Budget,
  subject: string,
  refusal: (retryAfter: number) => Problem,
): Promise<void> {
  if (await take(deps, throttle, budget, subject)) return
  throw refusal(await waitFor(deps, throttle, budget, subject))
}
