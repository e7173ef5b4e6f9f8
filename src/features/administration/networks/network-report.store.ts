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

/** Limits for reading observations, of which there may be millions. The newest are read. */
const failuresRead = 3_000
const endingsRead = 3_000
const durationsRead = 2_000

// A literal instead of a parameter, so that both engines use integer division.
const bucketOf = (width: number) => sql<number>`at / ${sql.lit(width)}`

// Exactly as in the partial indexes of the migration: otherwise SQLite does not use them.
const isFailure = sql<boolean>`outcome = 'failed'`
const isEnding = sql<boolean>`(step = 'return' or reason is not null)`

/** Queries of the console. Each is small enough not to delay other requests noticeably. */
export function networkReportStore(db: Queryable) {
  const observed = db.selectFrom('provider_observation')
  return {
    /** Counts by bucket from `from` up to `to`. @param width of a bucket, a multiple of five minutes */
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
    /** Client networks with the most failures, among the newest failures. */
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
    /** The newest final steps of attempts from a client network, counted by bucket. */
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
    /** Milliseconds that our server waited for each of the newest responses. */
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
    /** All observations of one attempt, in order. */
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
    /** Incidents of one network or of all that were open after this time, newest first. */
    incidents: async (after: number, providerId?: string): Promise<readonly ReportedIncident[]> => {
      let query = db
        .selectFrom('provider_incident')
        .selectAll()
        .where((where) => where.or([where('ended_at', 'is', null), where('ended_at', '>=', after)]))
      if (providerId !== undefined) query = query.where('provider_id', '=', providerId)
      const rows = await query.orderBy('since', 'desc').limit(incidentsShown).execute()
      return rows.map(toIncident)
    },
    /** Open incidents that affect everybody. */
    openIncidents: async (): Promise<readonly ReportedIncident[]> => {
      const rows = await db
        .selectFrom('provider_incident')
        .selectAll()
        .where('ended_at', 'is', null)
        .where('client_network', '=', '')
        .execute()
      return rows.map(toIncident)
    },
    /** Audit entries of an attempt. They have no account yet. */
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
