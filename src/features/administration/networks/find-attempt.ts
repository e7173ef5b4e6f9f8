import type { ProviderStore } from '#features/provider/index.ts'
import type { Clock } from '#kernel/clock.ts'
import { day, hour, minute } from '#kernel/duration.ts'
import { mapYielding } from './map-yielding.ts'
import type { NetworkReportStore } from './network-report.store.ts'
import type { SeenStep } from './network-report.ts'

export type FindAttemptDeps = {
  readonly clock: Clock
  readonly read: { readonly networkReport: NetworkReportStore; readonly providers: ProviderStore }
}

/** The part of an audit entry that concerns an attempt. */
export type RecordedLine = {
  readonly at: number
  readonly event: string
  readonly reason: string | undefined
  readonly code: string | undefined
}

export type FoundAttempt = {
  readonly reference: string
  /** Id and name of the network. */
  readonly network: { readonly id: string; readonly name: string } | undefined
  readonly steps: readonly SeenStep[]
  readonly recorded: readonly RecordedLine[]
}

/** Parses a reference such as `K7QF-3M2P`, in any case, with or without the dash. */
export function parseReference(text: string): string | undefined {
  const characters = text.toUpperCase().replace(/[\s\u2010-\u2015-]/g, '')
  if (!/^[A-HJ-NP-Z2-9]{8}$/.test(characters)) return undefined
  return `${characters.slice(0, 4)}-${characters.slice(4)}`
}

/** How far back the audit trail is auditSearchSpan for an attempt without observed steps. */
const auditSearchSpan = 2 * day

/** Finds the attempt with this reference in the observations and the audit trail. */
export async function findAttempt(
  { clock, read }: FindAttemptDeps,
  reference: string,
): Promise<FoundAttempt | undefined> {
  const steps = await read.networkReport.steps(reference)
  const from = steps[0] ? steps[0].at - 10 * minute : clock.now() - auditSearchSpan
  const to = steps[0] ? steps[0].at + hour : clock.now()
  const hours = Array.from({ length: Math.floor((to - from) / hour) + 1 }, (_, index) => from + index * hour)
  const recorded = (
    await mapYielding(hours, (start) => read.networkReport.recorded(reference, start, Math.min(start + hour - 1, to)))
  ).flat()
  const providerId = steps[0]?.providerId ?? recorded[0]?.details.provider
  if (providerId === undefined) return undefined
  const provider = await read.providers.find(String(providerId))
  return {
    reference,
    network: provider && { id: provider.id, name: provider.name },
    steps,
    recorded: recorded.map(({ at, event, details }) => ({
      at,
      event,
      reason: details.failure === undefined ? undefined : String(details.failure),
      code: details.code === undefined ? undefined : String(details.code),
    })),
  }
}
