import type { Discovery } from '../client/discovery-cache.ts'
import type { Finding } from './finding.ts'

/** The last check of a provider. */
export type ProviderCheck = {
  readonly providerId: string
  readonly checkedAt: number
  readonly discovery: Discovery | null
  readonly findings: readonly Finding[]
  /** When it last properly rejected a made-up code. */
  readonly codeRejectedAt: number | null
}
