import type { InTransaction } from '#database/open.ts'
import { type AuditStore, record } from '#features/audit/index.ts'
import { type ThrottleDeps, type ThrottleStore, take } from '#features/throttle/index.ts'
import type { Clock } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import type { Random } from '#kernel/random.ts'
import { type Assessment, applyVotes } from './apply-votes.ts'
import { reportsByBrowser, reportsByClientNetwork } from './budgets.ts'
import type { EvidenceStore } from './evidence.store.ts'
import { type Evidence, votesOf } from './evidence.ts'
import type { IncidentStore } from './incident.store.ts'
import type { Incident } from './incident.ts'
import type { ObservationStore } from './observation.store.ts'
import type { NewObservation } from './observation.ts'

type OwnStores = {
  readonly audit: AuditStore
  readonly evidence: EvidenceStore
  readonly incidents: IncidentStore
  readonly observations: ObservationStore
  readonly throttle: ThrottleStore
}

/** An incident began, escalated or ended. */
export type IncidentChange = { readonly incident: Incident; readonly change: 'began' | 'turned' | 'ended' }

export type RecordObservationsDeps<Stores extends OwnStores = OwnStores> = ThrottleDeps & {
  readonly clock: Clock
  readonly random: Random
  readonly inTransaction: InTransaction<Stores>
  /** Called in the same transaction, for global incidents only. */
  readonly onIncidentChange: (stores: Stores, changeIncident: IncidentChange) => Promise<void>
}

/** What failed last, which the next probe checks. */
export type Suspicion = 'contact' | 'tokens'

/** A race: another node wrote evidence in between. Retry the transaction. */
class StaleEvidence extends Error {}

const maximumAttempts = 5

/**
 * Writes observations, evidence and incidents in one transaction.
 * @returns the suspicion for each provider
 */
export async function recordObservations<Stores extends OwnStores>(
  deps: RecordObservationsDeps<Stores>,
  seen: readonly NewObservation[],
): Promise<ReadonlyMap<string, Suspicion | undefined>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await deps.inTransaction((stores) => recordOnce(deps, stores, seen))
    } catch (error) {
      if (!(error instanceof StaleEvidence) || attempt === maximumAttempts) throw error
    }
  }
}

async function recordOnce<Stores extends OwnStores>(
  deps: RecordObservationsDeps<Stores>,
  stores: Stores,
  seen: readonly NewObservation[],
): Promise<ReadonlyMap<string, Suspicion | undefined>> {
  await stores.observations.insertAll(seen.map(({ reportedBy: _, ...each }) => ({ ...each, id: newId(deps.random) })))
  const suspicions = new Map<string, Suspicion | undefined>()
  // In the same order on every node, to avoid deadlocks.
  const byProvider = [...Map.groupBy(seen, (each) => each.providerId)].toSorted(([a], [b]) => a.localeCompare(b))
  for (const [providerId, ofProvider] of byProvider) {
    const { everybody, byClientNetwork } = await withinBudgets(deps, stores, ofProvider)
    const scopes = [...byClientNetwork.keys(), '']
    const known = await stores.evidence.ofProvider(providerId, scopes)
    const open = await stores.incidents.findOpen(providerId, scopes)
    for (const [clientNetwork, group] of [['', everybody] as const, ...byClientNetwork]) {
      const read = known.get(clientNetwork)
      // Nothing to store for a client network without failures.
      if (clientNetwork !== '' && !read && group.every(({ outcome }) => outcome !== 'failed')) continue
      const incident = open.get(clientNetwork)
      const scope = clientNetwork === '' ? 'everybody' : 'client-network'
      const assessed = applyVotes({ evidence: read?.evidence ?? {}, incident }, votesOf(group), scope)
      const now = deps.clock.now()
      const saved = await stores.evidence.save(providerId, clientNetwork, assessed.evidence, read, now)
      if (!saved) throw new StaleEvidence()
      await updateIncident(deps, stores, providerId, clientNetwork, incident, assessed)
      if (clientNetwork === '') suspicions.set(providerId, suspicionOf(assessed.evidence))
    }
  }
  return suspicions
}

function suspicionOf({ contact, answer }: Evidence): Suspicion | undefined {
  if (contact?.runOf === 'failed') return 'contact'
  return answer?.runOf === 'failed' ? 'tokens' : undefined
}

/** What counts as evidence: always what our server observed; visitors' reports only within rate limits. */
async function withinBudgets(deps: ThrottleDeps, { throttle }: OwnStores, seen: readonly NewObservation[]) {
  const everybody: NewObservation[] = []
  const visitors: NewObservation[] = []
  for (const each of seen) {
    const { providerId, clientNetwork, reportedBy, outcome } = each
    const isFromVisitor = each.step === 'browser' || each.step === 'return'
    if (reportedBy === undefined) {
      everybody.push(each)
      if (isFromVisitor) visitors.push(each)
      continue
    }
    if (!(await take(deps, throttle, reportsByBrowser, `${providerId} ${each.step} ${outcome} ${reportedBy}`))) continue
    if (isFromVisitor) visitors.push(each)
    if (await take(deps, throttle, reportsByClientNetwork, `${providerId} ${each.step} ${clientNetwork}`))
      everybody.push(each)
  }
  return { everybody, byClientNetwork: Map.groupBy(visitors, ({ clientNetwork }) => clientNetwork) }
}

async function updateIncident<Stores extends OwnStores>(
  deps: RecordObservationsDeps<Stores>,
  stores: Stores,
  providerId: string,
  clientNetwork: string,
  before: Incident | undefined,
  { incident: after }: Assessment,
): Promise<void> {
  if (after === before) return
  const announce = async (incident: Incident, change: IncidentChange['change']) => {
    if (clientNetwork !== '') return
    const { state, reason } = incident
    const details = { provider: providerId, state, reason, ...(change === 'ended' && { since: incident.since }) }
    await record(deps, stores.audit, { event: `network.incident-${change}`, details })
    await deps.onIncidentChange(stores, { incident, change })
  }
  if (before && after && before.since === after.since) {
    const updated = { ...before, ...after }
    if ((await stores.incidents.update(updated)) && before.state !== after.state) await announce(updated, 'turned')
    return
  }
  if (before && (await stores.incidents.end(before.id, deps.clock.now()))) {
    await announce({ ...before, endedAt: deps.clock.now() }, 'ended')
  }
  if (!after) return
  const begun = { ...after, id: newId(deps.random), providerId, clientNetwork, endedAt: null }
  await stores.incidents.insert(begun)
  await announce(begun, 'began')
}
