import type { InTransaction } from '#database/open.ts'
import { type AuditStore, record } from '#features/audit/index.ts'
import { type ThrottleDeps, type ThrottleStore, take } from '#features/throttle/index.ts'
import type { Clock } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import type { Random } from '#kernel/random.ts'
import { type Assessment, assess } from './assess.ts'
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

/** An incident began, became worse or ended. */
export type IncidentChange = { readonly incident: Incident; readonly change: 'began' | 'turned' | 'ended' }

export type RecordObservationsDeps<Stores extends OwnStores = OwnStores> = ThrottleDeps & {
  readonly clock: Clock
  readonly random: Random
  readonly inTransaction: InTransaction<Stores>
  /** Told in the same transaction of what happened to everybody. */
  readonly onIncidentChange: (stores: Stores, changeIncident: IncidentChange) => Promise<void>
}

/** What went wrong last: the next probe looks into it. */
export type Suspicion = 'contact' | 'tokens'

/** Another node wrote down evidence in between: the whole is done again. */
class StaleEvidence extends Error {}

const triesAtMost = 5

/**
 * Writes down what was seen, and draws the conclusions, in one transaction.
 * @returns per network what it is under suspicion of
 */
export async function recordObservations<Stores extends OwnStores>(
  deps: RecordObservationsDeps<Stores>,
  seen: readonly NewObservation[],
): Promise<ReadonlyMap<string, Suspicion | undefined>> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await deps.inTransaction((stores) => recordOnce(deps, stores, seen))
    } catch (error) {
      if (!(error instanceof StaleEvidence) || tries === triesAtMost) throw error
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
  // In the same order on every node, so that none waits for another in a circle.
  const byProvider = [...Map.groupBy(seen, (each) => each.providerId)].toSorted(([a], [b]) => a.localeCompare(b))
  for (const [providerId, ofProvider] of byProvider) {
    const { everybody, here } = await withinBudgets(deps, stores, ofProvider)
    const scopes = [...here.keys(), '']
    const known = await stores.evidence.ofProvider(providerId, scopes)
    const open = await stores.incidents.openOf(providerId, scopes)
    for (const [clientNetwork, some] of [['', everybody] as const, ...here]) {
      const read = known.get(clientNetwork)
      // Of most client networks there is nothing to remember: all is well there.
      if (clientNetwork !== '' && !read && some.every(({ outcome }) => outcome !== 'failed')) continue
      const incident = open.get(clientNetwork)
      const scope = clientNetwork === '' ? 'everybody' : 'client-network'
      const assessed = assess({ evidence: read?.evidence ?? {}, incident }, votesOf(some), scope)
      const now = deps.clock.now()
      const saved = await stores.evidence.save(providerId, clientNetwork, assessed.evidence, read, now)
      if (!saved) throw new StaleEvidence()
      await turn(deps, stores, providerId, clientNetwork, incident, assessed)
      if (clientNetwork === '') suspicions.set(providerId, suspicionOf(assessed.evidence))
    }
  }
  return suspicions
}

function suspicionOf({ contact, answer }: Evidence): Suspicion | undefined {
  if (contact?.runOf === 'failed') return 'contact'
  return answer?.runOf === 'failed' ? 'tokens' : undefined
}

/** Whose word counts: what our own server met always, what visitors say within bounds. */
async function withinBudgets(deps: ThrottleDeps, { throttle }: OwnStores, seen: readonly NewObservation[]) {
  const everybody: NewObservation[] = []
  const here: NewObservation[] = []
  for (const each of seen) {
    const { providerId, clientNetwork, reportedBy, outcome } = each
    const isVisitors = each.step === 'browser' || each.step === 'return'
    if (reportedBy === undefined) {
      everybody.push(each)
      if (isVisitors) here.push(each)
      continue
    }
    if (!(await take(deps, throttle, reportsByBrowser, `${providerId} ${each.step} ${outcome} ${reportedBy}`))) continue
    if (isVisitors) here.push(each)
    if (await take(deps, throttle, reportsByClientNetwork, `${providerId} ${each.step} ${clientNetwork}`))
      everybody.push(each)
  }
  return { everybody, here: Map.groupBy(here, ({ clientNetwork }) => clientNetwork) }
}

async function turn<Stores extends OwnStores>(
  deps: RecordObservationsDeps<Stores>,
  stores: Stores,
  providerId: string,
  clientNetwork: string,
  before: Incident | undefined,
  { incident: after }: Assessment,
): Promise<void> {
  if (after === before) return
  const tell = async (incident: Incident, change: IncidentChange['change']) => {
    if (clientNetwork !== '') return
    const { state, reason } = incident
    const details = { provider: providerId, state, reason, ...(change === 'ended' && { since: incident.since }) }
    await record(deps, stores.audit, { event: `network.incident-${change}`, details })
    await deps.onIncidentChange(stores, { incident, change })
  }
  if (before && after && before.since === after.since) {
    const turned = { ...before, ...after }
    if ((await stores.incidents.turn(turned)) && before.state !== after.state) await tell(turned, 'turned')
    return
  }
  if (before && (await stores.incidents.end(before.id, deps.clock.now()))) {
    await tell({ ...before, endedAt: deps.clock.now() }, 'ended')
  }
  if (!after) return
  const begun = { ...after, id: newId(deps.random), providerId, clientNetwork, endedAt: null }
  await stores.incidents.insert(begun)
  await tell(begun, 'began')
}
