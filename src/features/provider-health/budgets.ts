import { budget } from '#features/throttle/index.ts'
import { hour, minute } from '#kernel/duration.ts'

/** Reports of one browser about a network. */
export const reportsByBrowser = budget('health.browser', { burst: 1, every: hour })
/** Reports of one client network that count as evidence for everybody. */
export const reportsByClientNetwork = budget('health.client-network', { burst: 2, every: 5 * minute })
