import { budget } from '#features/throttle/index.ts'
import { minute, second } from '#kernel/duration.ts'

/** Mails to one address, of all kinds. */
export const mailsToAddress = budget('mail.address', { burst: 5, every: 12 * minute })
/** Mails caused from one client network. */
export const mailsByClientNetwork = budget('mail.client-network', { burst: 30, every: minute })
/** Mails to addresses without a profile, in total: prevents abuse for mailing strangers. */
export const mailsToStrangers = budget('mail.strangers', { burst: 1_000, every: 4 * second })
