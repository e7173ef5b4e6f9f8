import { sql } from 'kysely'
import type { Queryable } from '#database/open.ts'
import type { ProviderIncidentTable } from '#database/schema.ts'
import type { Count, ReportedIncident, SeenStep } from './network-report.ts'

export type NetworkReportStore = ReturnType<typeof networkReportStore>

const stepsShown = 100
const incidentsShown = 100

const toIncident = (row: ProviderIncidentTable): ReportedIncident => ({
  id: row.id,
  providerId: row.provider_id,
  clientNetwork: row.client_network,
  state: row.state,
  reason: row.reason,
  since: row.since,
  endedAt: row.ended_at,
  evidence: JSON.parse(row.evidence),
})

/** Bounds for what is read from observations themselves, of which there may be millions: the newest count. */
const failuresRead = 3_000
const endingsRead = 3_000
const durationsRead = 2_000

// A literal, so that both engines divide integers.
const bucketOf = (width: number) => sql<number>`at / ${sql.lit(width)}`

// As the indexes of the migration have them, word for word: SQLite takes an index for nothing else.
const isFailure = sql<boolean>`outcome = 'failed'`
const isEnding = sql<boolean>`(step = 'return' or reason is not null)`

/** What the console reads of the networks: each question is small enough that nobody notices who waits for it. */
export function networkReportStore(db: Queryable) {
  const observed = db.selectFrom('provider_observation')
  return {
    /** By stretch of time, a multiple of five minutes, from one instant up to another. */
    counts: async (providerId: string, width: number, from: number, to: number): Promise<readonly Count[]> => {
      const rows = await db
        .selectFrom('provider_count')
        .select([bucketOf(width).as('bucket'), 'step', 'outcome', 'reason', sql<number>`sum(count)`.as('count')])
        .where('provider_id', '=', providerId)
        .where('at', '>=', from)
        .where('at', '<', to)
        .groupBy([bucketOf(width), 'step', 'outcome', 'reason'])
        .execute()
      return rows.map(({ reason, ...row }) => ({ ...row, reason: reason === '' ? null : reason }))
    },
    /** Client networks from which most failed, among the newest failures. */
    worstClientNetworks: async (providerId: string, after: number, limit: number): Promise<readonly string[]> => {
      const newest = observed
        .select('client_network')
        .where('provider_id', '=', providerId)
        .where('at', '>=', after)
        .where(isFailure)
        .where('client_network', '<>', '')
        .orderBy('at', 'desc')
        .limit(failuresRead)
      const rows = await db
        .selectFrom(newest.as('newest'))
        .select('client_network')
        .groupBy('client_network')
        .orderBy(sql`count(*)`, 'desc')
        .orderBy('client_network')
        .limit(limit)
        .execute()
      return rows.map((row) => row.client_network)
    },
    /** The steps that tell how an attempt from there ended, among the newest of them. */
    endingsOfClientNetwork: async (
      providerId: string,
      clientNetwork: string,
      width: number,
      after: number,
    ): Promise<readonly Count[]> => {
      const newest = observed
        .select(['at', 'step', 'outcome', 'reason'])
        .where('provider_id', '=', providerId)
        .where('client_network', '=', clientNetwork)
        .where('at', '>=', after)
        .where(isEnding)
        .orderBy('at', 'desc')
        .limit(endingsRead)
      return db
        .selectFrom(newest.as('newest'))
        .select([bucketOf(width).as('bucket'), 'step', 'outcome', 'reason', sql<number>`count(*)`.as('count')])
        .groupBy([bucketOf(width), 'step', 'outcome', 'reason'])
        .execute()
    },
    /** How many milliseconds our server waited for each of the newest answers. */
    durations: async (providerId: string, step: string, after: number): Promise<readonly number[]> => {
      const rows = await observed
        .select('milliseconds')
        .where('provider_id', '=', providerId)
        .where('step', '=', step)
        .where('at', '>=', after)
        .where('milliseconds', 'is not', null)
        .orderBy('at', 'desc')
        .limit(durationsRead)
        .$narrowType<{ milliseconds: number }>()
        .execute()
      return rows.map(({ milliseconds }) => milliseconds)
    },
    /** All that was seen of one attempt, in order. */
    steps: async (reference: string): Promise<readonly SeenStep[]> => {
      return observed
        .select(['provider_id as providerId', 'at', 'step', 'outcome', 'reason', 'milliseconds'])
        .select('client_network as clientNetwork')
        .where('reference', '=', reference)
        .orderBy('at')
        .orderBy('id')
        .limit(stepsShown)
        .execute()
    },
    /** Those that were open after an instant, of one network or of all, the newest first. */
    incidents: async (after: number, providerId?: string): Promise<readonly ReportedIncident[]> => {
      let query = db
        .selectFrom('provider_incident')
        .selectAll()
        .where((where) => where.or([where('ended_at', 'is', null), where('ended_at', '>=', after)]))
      if (providerId !== undefined) query = query.where('provider_id', '=', providerId)
      const rows = await query.orderBy('since', 'desc').limit(incidentsShown).execute()
      return rows.map(toIncident)
    },
    /** Incidents for everybody that are not over. */
    openIncidents: async (): Promise<readonly ReportedIncident[]> => {
      const rows = await db
        .selectFrom('provider_incident')
        .selectAll()
        .where('ended_at', 'is', null)
        .where('client_network', '=', '')
        .execute()
      return rows.map(toIncident)
    },
    /** What the audit trail says of an attempt, which belongs to no account yet. */
    recorded: async (reference: string, from: number, to: number) => {
      const rows = await db
        .selectFrom('audit')
        .select(['at', 'event', 'details'])
        .where('account_id', 'is', null)
        .where('at', '>=', from)
        .where('at', '<=', to)
        .where('details', 'like', `%"reference":"${reference}"%`)
        .orderBy('at')
        .limit(stepsShown)
        .execute()
      return rows.map(({ details, ...row }) => ({ ...row, details: JSON.parse(details) as Recorded['details'] }))
    },
  }
}

type Recorded = { readonly details: Readonly<Record<string, string | number | boolean>> }
