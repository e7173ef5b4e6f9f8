import { budget } from '#features/throttle/index.ts'
import { hour, minute } from '#kernel/duration.ts'

/** What one browser reports of a network. */
export const reportsByBrowser = budget('health.browser', { burst: 1, every: hour })
/** How much the browsers of one client network count for everybody. */
export const reportsByClientNetwork = budget('health.client-network', { burst: 2, every: 5 * minute })
