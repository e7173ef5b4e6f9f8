import type { Discovery } from '../client/discovery-cache.ts'
import type { Finding } from './finding.ts'

/** The last check of a network. */
export type ProviderCheck = {
  readonly providerId: string
  readonly checkedAt: number
  readonly discovery: Discovery | null
  readonly findings: readonly Finding[]
  /** When it last said no to a code that nobody was given, as a network that works does. */
  readonly saidNoAt: number | null
}
