import { budget } from '#features/throttle/index.ts'
import { hour, minute, second } from '#kernel/duration.ts'

/**
 * Wrong passwords for one name: ten at once, then one a minute. The limit of 100 in total is part of the password
 * feature. Applies to every name, with or without an account, so that a limit reveals nothing (ENU-3).
 */
export const signInsByName = budget('sign-in.name', { burst: 10, every: minute })
/** Attempts from one client network, successful or not. */
export const signInsByClientNetwork = budget('sign-in.client-network', { burst: 100, every: 2 * second })

/** Social-only answers in guided disclosure, per client network and in total (ENU-6). */
export const disclosuresByClientNetwork = budget('disclosure.client-network', { burst: 10, every: hour / 10 })
export const disclosuresEverywhere = budget('disclosure.everywhere', { burst: 200, every: hour / 200 })
