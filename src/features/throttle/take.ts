import type { Clock } from '#kernel/clock.ts'
import { hour, minute, second } from '#kernel/duration.ts'
import type { Problem } from '#kernel/problem.ts'
import type { Secrets } from '#kernel/secret.ts'
import type { ThrottleStore } from './throttle.store.ts'

export type Budget = {
  /** How many tries may come at once. */
  readonly burst: number
  /** Milliseconds after which one more is granted. */
  readonly every: number
}

/**
 * How often something may be tried, by whom it is counted. Names of accounts count whether or not they exist, so that
 * a limit says nothing about them (ENU-3).
 */
const budgets = {
  /** Wrong passwords for one name: ten at once, then one a minute; the count at 100 is kept by the password itself. */
  'sign-in.name': { burst: 10, every: minute },
  /** Tries from one client network, right or wrong. */
  'sign-in.network': { burst: 100, every: 2 * second },
  /** Mails to one address, of all kinds. */
  'mail.address': { burst: 5, every: 12 * minute },
  /** Mails caused from one client network. */
  'mail.network': { burst: 30, every: minute },
  /** Mails to the operators about one network: one that comes and goes does not flood them. */
  'mail.operators': { burst: 4, every: 30 * minute },
  /** Mails to addresses that have no profile, everywhere: nobody shall use us to write to strangers. */
  'mail.strangers': { burst: 1_000, every: 4 * second },
  /** Social-only answers in guided disclosure, for one client network and for all (ENU-6). */
  'disclosure.network': { burst: 10, every: hour / 10 },
  'disclosure.everywhere': { burst: 200, every: hour / 200 },
  /** Starts of a social sign-in from one client network. */
  'federation.network': { burst: 60, every: 5 * second },
  /** Answers that belong to no start of theirs, of which something is written down, from one client network. */
  'federation.made-up': { burst: 20, every: 30 * second },
  /** What one browser says of a network, and how much all browsers of a client network count for everybody. */
  'health.browser': { burst: 1, every: hour },
  'health.network': { burst: 2, every: 5 * minute },
} as const satisfies Record<string, Budget>

export type BudgetName = keyof typeof budgets

export type ThrottleDeps = { readonly clock: Clock; readonly secrets: Secrets }

/** @returns whether this try is within the budget; a try that is not costs nothing. */
export async function take(
  deps: ThrottleDeps,
  throttle: ThrottleStore,
  budget: BudgetName,
  subject: string,
): Promise<boolean> {
  const { burst, every } = budgets[budget]
  return throttle.take(counterKey(deps, budget, subject), deps.clock.now(), every, (burst - 1) * every)
}

/** @returns seconds until one more try is granted; 0 when there is one left. */
async function waitFor(
  deps: ThrottleDeps,
  throttle: ThrottleStore,
  budget: BudgetName,
  subject: string,
): Promise<number> {
  const { burst, every } = budgets[budget]
  const arrivalAt = await throttle.find(counterKey(deps, budget, subject))
  const wait = (arrivalAt ?? 0) - deps.clock.now() - (burst - 1) * every
  return wait > 0 ? Math.ceil(wait / second) : 0
}

/** Gives the whole budget back, for instance after the right password. */
export async function reset(
  deps: ThrottleDeps,
  throttle: ThrottleStore,
  budget: BudgetName,
  subject: string,
): Promise<void> {
  await throttle.delete(counterKey(deps, budget, subject))
}

function counterKey(deps: ThrottleDeps, budget: BudgetName, subject: string): string {
  return deps.secrets.keyed('counter', `${budget} ${subject}`)
}

/** Takes from a budget or refuses with the problem given the seconds to wait. */
export async function takeOrRefuse(
  deps: ThrottleDeps,
  throttle: ThrottleStore,
  budget: BudgetName,
  subject: string,
  refusal: (retryAfter: number) => Problem,
): Promise<void> {
  if (await take(deps, throttle, budget, subject)) return
  throw refusal(await waitFor(deps, throttle, budget, subject))
}
