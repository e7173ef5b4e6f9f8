import { budget } from '#features/throttle/index.ts'
import { hour, minute, second } from '#kernel/duration.ts'

/**
 * Wrong passwords for one name: ten at once, then one a minute; the count at 100 is kept by the password itself. Names
 * count whether or not they have an account, so that a limit says nothing about them (ENU-3).
 */
export const signInsByName = budget('sign-in.name', { burst: 10, every: minute })
/** Tries from one client network, right or wrong. */
export const signInsByClientNetwork = budget('sign-in.client-network', { burst: 100, every: 2 * second })

/** Social-only answers in guided disclosure, for one client network and for all (ENU-6). */
export const disclosuresByClientNetwork = budget('disclosure.client-network', { burst: 10, every: hour / 10 })
export const disclosuresEverywhere = budget('disclosure.everywhere', { burst: 200, every: hour / 200 })
