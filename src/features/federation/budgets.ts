import { budget } from '#features/throttle/index.ts'
import { second } from '#kernel/duration.ts'

/** Starts of a social sign-in from one client network. */
export const startsByClientNetwork = budget('federation.client-network', { burst: 60, every: 5 * second })
/** Answers that match no open attempt and are still recorded in the audit trail, from one client network. */
export const unknownAnswers = budget('federation.unknown-answer', { burst: 20, every: 30 * second })
